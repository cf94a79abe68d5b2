<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class DeliveriesAccepted extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['count', 'status'];

    /** How many are sent again. */
    public int $count;
    public DeliveryStatus|string $status;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($count = Reading::integer($raw, 'count')) !== null) {
            $this->count = $count;
        }
        if (($status = Reading::word($raw, 'status', DeliveryStatus::class)) !== null) {
            $this->status = $status;
        }
    }
}
