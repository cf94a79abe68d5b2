<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** A picture of a video. */
final readonly class Thumbnail extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['url', 'width', 'height'];

    public string $url;
    public ?int $width;
    public ?int $height;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($url = Reading::text($raw, 'url')) !== null) {
            $this->url = $url;
        }
        $this->width = Reading::integer($raw, 'width');
        $this->height = Reading::integer($raw, 'height');
    }
}
