<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `processing`: the job waits or runs. */
final readonly class InfoJobProcessing extends Job
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['job_id', 'status', 'message', 'progress', 'heartbeat_at', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    /** What is going on, for people. */
    public string $message;
    public ?PlaylistSummary $summary;
    /** 0 to 1, never falls. */
    public float $progress;
    /** When a worker last saw the job at work. RFC 3339, UTC; null when it has not happened. */
    public ?string $heartbeatAt;
    public ?LastError $lastError;
    /** With `last_error` or `waiting_for`: when the next attempt is due. RFC 3339, UTC; null while it runs or waits its turn. */
    public ?string $nextAttemptAt;
    public JobWaitReason|string|null $waitingFor;
    /** @var list<JobWarning>|null What the latest attempt could not have, each kind once. Absent when nothing is missing. */
    public ?array $warnings;
    /** When it ended. RFC 3339, UTC; null when it has not happened. */
    public ?string $finishedAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($message = Reading::text($raw, 'message')) !== null) {
            $this->message = $message;
        }
        $this->summary = Reading::object($raw, 'summary', PlaylistSummary::from(...));
        if (($progress = Reading::number($raw, 'progress')) !== null) {
            $this->progress = $progress;
        }
        $this->heartbeatAt = Reading::text($raw, 'heartbeat_at');
        $this->lastError = Reading::object($raw, 'last_error', LastError::from(...));
        $this->nextAttemptAt = Reading::text($raw, 'next_attempt_at');
        $this->waitingFor = Reading::word($raw, 'waiting_for', JobWaitReason::class);
        $this->warnings = Reading::objects($raw, 'warnings', JobWarning::from(...));
        $this->finishedAt = Reading::text($raw, 'finished_at');
    }
}
