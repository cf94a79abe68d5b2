<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** A site that refused too often. Its jobs wait. */
final readonly class RestingSite extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['site', 'until'];

    /** The registrable domain. */
    public string $site;
    /** When jobs ask it again. RFC 3339, UTC. */
    public string $until;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($site = Reading::text($raw, 'site')) !== null) {
            $this->site = $site;
        }
        if (($until = Reading::text($raw, 'until')) !== null) {
            $this->until = $until;
        }
    }
}
