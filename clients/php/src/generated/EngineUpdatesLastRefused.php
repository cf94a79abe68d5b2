<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** The version that was rolled back or refused last. Absent: none was. */
final readonly class EngineUpdatesLastRefused extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['version', 'reason', 'at'];

    public string $version;
    public VersionRefusal|string $reason;
    /** When it was refused. RFC 3339, UTC. */
    public string $at;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($version = Reading::text($raw, 'version')) !== null) {
            $this->version = $version;
        }
        if (($reason = Reading::word($raw, 'reason', VersionRefusal::class)) !== null) {
            $this->reason = $reason;
        }
        if (($at = Reading::text($raw, 'at')) !== null) {
            $this->at = $at;
        }
    }
}
