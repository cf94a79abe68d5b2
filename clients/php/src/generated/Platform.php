<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class Platform extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['name', 'domain', 'support_level'];

    public string $name;
    public ?string $domain;
    public SupportLevel|string $supportLevel;
    /** Why the support is not full. */
    public ?string $reason;
    /** The site refused too often, and its jobs wait until then. Absent where they do not wait. RFC 3339, UTC. */
    public ?string $restingUntil;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($name = Reading::text($raw, 'name')) !== null) {
            $this->name = $name;
        }
        $this->domain = Reading::text($raw, 'domain');
        if (($supportLevel = Reading::word($raw, 'support_level', SupportLevel::class)) !== null) {
            $this->supportLevel = $supportLevel;
        }
        $this->reason = Reading::text($raw, 'reason');
        $this->restingUntil = Reading::text($raw, 'resting_until');
    }
}
