<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** What is known of a cookie set. The cookies themselves are never shown. */
final readonly class CookieSetReply extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['name', 'domains', 'count', 'earliest_expiry', 'verdict', 'created_at', 'changed_at', 'last_used_at'];

    public string $name;
    /** @var list<string> The registrable domains of the cookies. Jobs for pages of these sites alone can use the set. */
    public array $domains;
    /** How many cookies there are. */
    public int $count;
    /** When the first of them expires. RFC 3339, UTC; null when none of them says. */
    public ?string $earliestExpiry;
    public CookieVerdict|string $verdict;
    /** When the set was first stored. RFC 3339, UTC. */
    public string $createdAt;
    /** When cookies of it last changed: by you, or by a site that replaced them. RFC 3339, UTC. */
    public string $changedAt;
    /** When a job last began with it. RFC 3339, UTC; null when none has. */
    public ?string $lastUsedAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($name = Reading::text($raw, 'name')) !== null) {
            $this->name = $name;
        }
        if (($domains = Reading::texts($raw, 'domains')) !== null) {
            $this->domains = $domains;
        }
        if (($count = Reading::integer($raw, 'count')) !== null) {
            $this->count = $count;
        }
        $this->earliestExpiry = Reading::text($raw, 'earliest_expiry');
        if (($verdict = Reading::word($raw, 'verdict', CookieVerdict::class)) !== null) {
            $this->verdict = $verdict;
        }
        if (($createdAt = Reading::text($raw, 'created_at')) !== null) {
            $this->createdAt = $createdAt;
        }
        if (($changedAt = Reading::text($raw, 'changed_at')) !== null) {
            $this->changedAt = $changedAt;
        }
        $this->lastUsedAt = Reading::text($raw, 'last_used_at');
    }
}
