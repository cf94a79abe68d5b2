<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** An entry of a playlist. `code` is there when it failed, `skip_code` when it was skipped. */
final readonly class PlaylistEntry extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['position', 'url', 'title', 'job_id', 'status_url', 'state'];

    /** Its place in the list, counted from 1. */
    public int $position;
    /** As the list says it; null where no job can be made of it, or an entry before it has the same. */
    public ?string $url;
    /** As the list says it. */
    public ?string $title;
    /** The id of its job, a `job_id` or a `download_id`; null while there is none. */
    public ?string $jobId;
    /** Where to ask for the status of its job. */
    public ?string $statusUrl;
    public EntryState|string $state;
    public JobFailureCode|string|null $code;
    public EntrySkipCode|string|null $skipCode;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($position = Reading::integer($raw, 'position')) !== null) {
            $this->position = $position;
        }
        $this->url = Reading::text($raw, 'url');
        $this->title = Reading::text($raw, 'title');
        $this->jobId = Reading::text($raw, 'job_id');
        $this->statusUrl = Reading::text($raw, 'status_url');
        if (($state = Reading::word($raw, 'state', EntryState::class)) !== null) {
            $this->state = $state;
        }
        $this->code = Reading::word($raw, 'code', JobFailureCode::class);
        $this->skipCode = Reading::word($raw, 'skip_code', EntrySkipCode::class);
    }
}
