<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** Limits of this key alone: null is the default of the service, 0 is no limit. */
final readonly class KeyLimits extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['requests_per_minute', 'unfinished_downloads', 'storage_bytes'];

    /** POST /info, /download and retry together. */
    public ?int $requestsPerMinute;
    /** Downloads that have not ended. */
    public ?int $unfinishedDownloads;
    /** What the files of this key may take together. */
    public ?int $storageBytes;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        $this->requestsPerMinute = Reading::integer($raw, 'requests_per_minute');
        $this->unfinishedDownloads = Reading::integer($raw, 'unfinished_downloads');
        $this->storageBytes = Reading::integer($raw, 'storage_bytes');
    }
}
