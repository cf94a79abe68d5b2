<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** What a download that asks for this takes, of the formats that there are now. */
final readonly class BestFormat extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['request', 'format_id'];

    public DownloadOptions $request;
    /** What it takes; null: nothing here answers it. */
    public ?string $formatId;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($request = Reading::object($raw, 'request', DownloadOptions::from(...))) !== null) {
            $this->request = $request;
        }
        $this->formatId = Reading::text($raw, 'format_id');
    }
}
