<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class RotatedSecretReply extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['webhook_id', 'secret', 'previous_secret_valid_until'];

    public string $webhookId;
    /** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
    public string $secret;
    /** Until then everything is signed with both secrets. RFC 3339, UTC. */
    public string $previousSecretValidUntil;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($webhookId = Reading::text($raw, 'webhook_id')) !== null) {
            $this->webhookId = $webhookId;
        }
        if (($secret = Reading::text($raw, 'secret')) !== null) {
            $this->secret = $secret;
        }
        if (($previousSecretValidUntil = Reading::text($raw, 'previous_secret_valid_until')) !== null) {
            $this->previousSecretValidUntil = $previousSecretValidUntil;
        }
    }
}
