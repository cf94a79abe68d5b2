<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** A registration with its secret. */
final readonly class RegisteredWebhookReply extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['webhook_id', 'callback_url', 'events', 'created_at', 'status', 'status_since', 'last_delivered_at', 'secret'];

    public string $webhookId;
    public string $callbackUrl;
    /** @var list<WebhookEvent|string> */
    public array $events;
    /** When it was made. RFC 3339, UTC. */
    public string $createdAt;
    public WebhookStatus|string $status;
    public WebhookReason|string|null $statusReason;
    /** When the status last changed. RFC 3339, UTC; null when it never has. */
    public ?string $statusSince;
    /** When the receiver last took a delivery. RFC 3339, UTC; null when it never has. */
    public ?string $lastDeliveredAt;
    /** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
    public string $secret;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($webhookId = Reading::text($raw, 'webhook_id')) !== null) {
            $this->webhookId = $webhookId;
        }
        if (($callbackUrl = Reading::text($raw, 'callback_url')) !== null) {
            $this->callbackUrl = $callbackUrl;
        }
        if (($events = Reading::words($raw, 'events', WebhookEvent::class)) !== null) {
            $this->events = $events;
        }
        if (($createdAt = Reading::text($raw, 'created_at')) !== null) {
            $this->createdAt = $createdAt;
        }
        if (($status = Reading::word($raw, 'status', WebhookStatus::class)) !== null) {
            $this->status = $status;
        }
        $this->statusReason = Reading::word($raw, 'status_reason', WebhookReason::class);
        $this->statusSince = Reading::text($raw, 'status_since');
        $this->lastDeliveredAt = Reading::text($raw, 'last_delivered_at');
        if (($secret = Reading::text($raw, 'secret')) !== null) {
            $this->secret = $secret;
        }
    }
}
