<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** Limits of this key alone: null is the default of the service, 0 is no limit. A field that is not given is not sent. */
final readonly class UpdateKeyBodyLimits extends Fields
{
    /**
     * @param int|null|Absent $requestsPerMinute POST /info, /download and retry together.
     * @param int|null|Absent $unfinishedDownloads Downloads that have not ended.
     * @param int|null|Absent $storageBytes What the files of this key may take together.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public int|Absent|null $requestsPerMinute = Absent::Field,
        public int|Absent|null $unfinishedDownloads = Absent::Field,
        public int|Absent|null $storageBytes = Absent::Field,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'requests_per_minute' => $this->requestsPerMinute,
            'unfinished_downloads' => $this->unfinishedDownloads,
            'storage_bytes' => $this->storageBytes,
        ]) + $this->more;
    }
}
