<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class FileLink extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['url', 'expires_at'];

    /** Needs no key: whoever has it may fetch this file, until it expires. */
    public string $url;
    /** When the link expires. The file itself may be removed before. RFC 3339, UTC. */
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
