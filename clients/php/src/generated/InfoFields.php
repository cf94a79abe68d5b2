<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** What is asked for, besides the address. A field that is not given is not sent. */
final readonly class InfoFields extends Fields
{
    /**
     * @param bool|null $fresh true: ask the source again, whatever is known about this address or lies in the library already. Absent: false.
     * @param string|null|Absent $callbackUrl Is told of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer.
     * @param array<string, string>|null $metadata Your own texts about the job, by names of your own. At most 16; a name has 1 to 40 letters, digits, `_`, `.` or `-`, a value at most 500 characters, all together 2048 bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ?bool $fresh = null,
        public string|Absent|null $callbackUrl = Absent::Field,
        public ?array $metadata = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'fresh' => $this->fresh ?? Absent::Field,
            'callback_url' => $this->callbackUrl,
            'metadata' => self::map($this->metadata),
        ]) + $this->more;
    }
}
