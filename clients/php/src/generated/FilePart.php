<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** Which part of the media a clip or a chapter is. */
final readonly class FilePart extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['start', 'end', 'title'];

    /** Where it begins, in seconds of the whole, as it was asked for. */
    public float $start;
    /** Where it ends, in seconds of the whole; at most the end of that. */
    public float $end;
    /** Of a chapter, as the source names it; null where it does not. */
    public ?string $title;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($start = Reading::number($raw, 'start')) !== null) {
            $this->start = $start;
        }
        if (($end = Reading::number($raw, 'end')) !== null) {
            $this->end = $end;
        }
        $this->title = Reading::text($raw, 'title');
    }
}
