<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** The body of a request. A field that is not given is not sent. */
final readonly class ChangeWebhookBody extends Fields
{
    /**
     * @param string|null $callbackUrl Where events are posted: absolute, http or https, without credentials, reachable from the internet.
     * @param list<WebhookEvent|string>|null $events Which events are sent.
     * @param WantedWebhookStatus|string|null $status
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ?string $callbackUrl = null,
        public ?array $events = null,
        public WantedWebhookStatus|string|null $status = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'callback_url' => $this->callbackUrl ?? Absent::Field,
            'events' => $this->events ?? Absent::Field,
            'status' => $this->status ?? Absent::Field,
        ]) + $this->more;
    }
}
