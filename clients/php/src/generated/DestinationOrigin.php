<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class DestinationOrigin extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['origin'];

    /** Scheme, host and port of `put_url`. Its path and its signature are shown nowhere. */
    public string $origin;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($origin = Reading::text($raw, 'origin')) !== null) {
            $this->origin = $origin;
        }
    }
}
