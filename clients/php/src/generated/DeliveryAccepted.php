<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** It is on its way; the log of deliveries says what became of it. */
final readonly class DeliveryAccepted extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['delivery_id', 'status'];

    public string $deliveryId;
    public DeliveryStatus|string $status;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($deliveryId = Reading::text($raw, 'delivery_id')) !== null) {
            $this->deliveryId = $deliveryId;
        }
        if (($status = Reading::word($raw, 'status', DeliveryStatus::class)) !== null) {
            $this->status = $status;
        }
    }
}
