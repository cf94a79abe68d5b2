<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** One event on its way to one receiver. */
final readonly class DeliveryReply extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['delivery_id', 'event', 'subject_id', 'status', 'created_at', 'attempts', 'next_attempt_at', 'last_attempts'];

    /** The header `webhook-id` of every attempt. */
    public string $deliveryId;
    public DeliveredEvent|string $event;
    /** The `job_id` or `download_id` that the event is about. */
    public ?string $subjectId;
    public DeliveryStatus|string $status;
    /** When it was made. RFC 3339, UTC. */
    public string $createdAt;
    public int $attempts;
    /** When the next attempt is due. RFC 3339, UTC; null when none is. */
    public ?string $nextAttemptAt;
    /** @var list<DeliveryAttempt> The last ten, newest first. */
    public array $lastAttempts;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($deliveryId = Reading::text($raw, 'delivery_id')) !== null) {
            $this->deliveryId = $deliveryId;
        }
        if (($event = Reading::word($raw, 'event', DeliveredEvent::class)) !== null) {
            $this->event = $event;
        }
        $this->subjectId = Reading::text($raw, 'subject_id');
        if (($status = Reading::word($raw, 'status', DeliveryStatus::class)) !== null) {
            $this->status = $status;
        }
        if (($createdAt = Reading::text($raw, 'created_at')) !== null) {
            $this->createdAt = $createdAt;
        }
        if (($attempts = Reading::integer($raw, 'attempts')) !== null) {
            $this->attempts = $attempts;
        }
        $this->nextAttemptAt = Reading::text($raw, 'next_attempt_at');
        if (($lastAttempts = Reading::objects($raw, 'last_attempts', DeliveryAttempt::from(...))) !== null) {
            $this->lastAttempts = $lastAttempts;
        }
    }
}
