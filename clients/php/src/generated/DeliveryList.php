<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class DeliveryList extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['deliveries', 'next_cursor'];

    /** @var list<DeliveryReply> Newest first. */
    public array $deliveries;
    /** Give it as `cursor` to get the next page; null on the last one. */
    public ?string $nextCursor;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($deliveries = Reading::objects($raw, 'deliveries', DeliveryReply::from(...))) !== null) {
            $this->deliveries = $deliveries;
        }
        $this->nextCursor = Reading::text($raw, 'next_cursor');
    }
}
