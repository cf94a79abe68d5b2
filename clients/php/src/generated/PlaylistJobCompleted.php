<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `completed`: every entry has ended, well or badly; `summary` counts them. */
final readonly class PlaylistJobCompleted extends Job
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['job_id', 'status', 'title', 'of', 'summary', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    /** Of the list. */
    public ?string $title;
    public EntryKind|string $of;
    public PlaylistSummary $summary;
    /** @var list<JobWarning>|null What the latest attempt could not have, each kind once. Absent when nothing is missing. */
    public ?array $warnings;
    /** When it ended. RFC 3339, UTC. */
    public string $finishedAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        $this->title = Reading::text($raw, 'title');
        if (($of = Reading::word($raw, 'of', EntryKind::class)) !== null) {
            $this->of = $of;
        }
        if (($summary = Reading::object($raw, 'summary', PlaylistSummary::from(...))) !== null) {
            $this->summary = $summary;
        }
        $this->warnings = Reading::objects($raw, 'warnings', JobWarning::from(...));
        if (($finishedAt = Reading::text($raw, 'finished_at')) !== null) {
            $this->finishedAt = $finishedAt;
        }
    }
}
