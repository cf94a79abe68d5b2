<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** Where the address leads to a list, such as a playlist or a channel: tell its entries (`entries`), as the list says them, in place of its first video. None of them is looked at, so it is fast, and private or broken ones are among them. `entries_next` says where the next page begins. For the address of a video this changes nothing. A field that is not given is not sent. */
final readonly class EntriesOption extends Fields
{
    /**
     * @param int|null $from The first one, counted from 1. Absent: 1.
     * @param int|null $count How many. Absent: 50.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ?int $from = null,
        public ?int $count = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'from' => $this->from ?? Absent::Field,
            'count' => $this->count ?? Absent::Field,
        ]) + $this->more;
    }
}
