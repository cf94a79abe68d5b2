<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** A part of a video, as the source names it. */
final readonly class Chapter extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['title', 'start', 'end'];

    public ?string $title;
    /** Seconds from the beginning. */
    public ?float $start;
    /** Seconds from the beginning. */
    public ?float $end;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        $this->title = Reading::text($raw, 'title');
        $this->start = Reading::number($raw, 'start');
        $this->end = Reading::number($raw, 'end');
    }
}
