<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `cancelled`: the job will not complete any more. */
final readonly class InfoJobCancelled extends Job
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['job_id', 'status', 'message', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    /** What happened, for people. */
    public string $message;
    /** When it ended. RFC 3339, UTC. */
    public string $finishedAt;
    public ?PlaylistSummary $summary;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($message = Reading::text($raw, 'message')) !== null) {
            $this->message = $message;
        }
        if (($finishedAt = Reading::text($raw, 'finished_at')) !== null) {
            $this->finishedAt = $finishedAt;
        }
        $this->summary = Reading::object($raw, 'summary', PlaylistSummary::from(...));
    }
}
