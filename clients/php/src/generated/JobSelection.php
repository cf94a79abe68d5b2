<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** The own jobs for which all of these conditions hold, newest first. At least one condition is needed; of `metadata` every entry must be there. A field that is not given is not sent. */
final readonly class JobSelection extends Fields
{
    /**
     * @param JobStatusWord|string|null $status
     * @param JobKind|string|null $kind
     * @param string|null $parentId Only jobs that this playlist has made of its entries.
     * @param string|null $createdAfter Only jobs that were made later than this. RFC 3339.
     * @param string|null $createdBefore Only jobs that were made earlier than this. RFC 3339.
     * @param array<string, string>|null $metadata Your own texts about the job, by names of your own. At most 16; a name has 1 to 40 letters, digits, `_`, `.` or `-`, a value at most 500 characters, all together 2048 bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them.
     * @param int|null $limit How many jobs this request may change. Absent: 100.
     * @param string|null $cursor `next_cursor` of the request before.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public JobStatusWord|string|null $status = null,
        public JobKind|string|null $kind = null,
        public ?string $parentId = null,
        public ?string $createdAfter = null,
        public ?string $createdBefore = null,
        public ?array $metadata = null,
        public ?int $limit = null,
        public ?string $cursor = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'status' => $this->status ?? Absent::Field,
            'kind' => $this->kind ?? Absent::Field,
            'parent_id' => $this->parentId ?? Absent::Field,
            'created_after' => $this->createdAfter ?? Absent::Field,
            'created_before' => $this->createdBefore ?? Absent::Field,
            'metadata' => self::map($this->metadata),
            'limit' => $this->limit ?? Absent::Field,
            'cursor' => $this->cursor ?? Absent::Field,
        ]) + $this->more;
    }
}
