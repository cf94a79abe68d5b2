<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class WebhookList extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['webhooks'];

    /** @var list<WebhookReply> Newest first. */
    public array $webhooks;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($webhooks = Reading::objects($raw, 'webhooks', WebhookReply::from(...))) !== null) {
            $this->webhooks = $webhooks;
        }
    }
}
