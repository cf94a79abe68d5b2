<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class JobList extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['jobs', 'next_cursor'];

    /** @var list<JobSummary> Newest first. */
    public array $jobs;
    /** Give it as `cursor` to get the next page; null on the last one. */
    public ?string $nextCursor;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($jobs = Reading::objects($raw, 'jobs', JobSummary::from(...))) !== null) {
            $this->jobs = $jobs;
        }
        $this->nextCursor = Reading::text($raw, 'next_cursor');
    }
}
