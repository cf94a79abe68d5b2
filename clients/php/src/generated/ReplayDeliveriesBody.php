<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Fields;

/** The body of a request. A field that is not given is not sent. */
final readonly class ReplayDeliveriesBody extends Fields
{
    /**
     * @param ReplayedStatus|string $status
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ReplayedStatus|string $status,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'status' => $this->status,
        ]) + $this->more;
    }
}
