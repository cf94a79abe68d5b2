<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** The body of a request. A field that is not given is not sent. */
final readonly class CreateArchiveLinkBody extends Fields
{
    /**
     * @param int|null $expiresIn For how many seconds the link works. Absent: 3600.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ?int $expiresIn = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'expires_in' => $this->expiresIn ?? Absent::Field,
        ]) + $this->more;
    }
}
