<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class EventLink extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['url', 'expires_at'];

    /** Needs no key: whoever has it may follow this one job, until it expires. */
    public string $url;
    /** When the link expires. A stream that is open then goes on to its end. RFC 3339, UTC. */
    public string $expiresAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($url = Reading::text($raw, 'url')) !== null) {
            $this->url = $url;
        }
        if (($expiresAt = Reading::text($raw, 'expires_at')) !== null) {
            $this->expiresAt = $expiresAt;
        }
    }
}
