<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `failed`: `code` says why. */
final readonly class InfoJobFailed extends Job
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['job_id', 'status', 'error', 'code', 'retryable', 'next_step', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    /** Why it failed, for people. */
    public string $error;
    public JobFailureCode|string $code;
    /** Whether a later job for the same video may work. */
    public bool $retryable;
    /** What to do about it, for people. */
    public string $nextStep;
    /** When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC. */
    public ?string $startsAt;
    public ?LastError $lastError;
    /** @var list<JobWarning>|null What the latest attempt could not have, each kind once. Absent when nothing is missing. */
    public ?array $warnings;
    /** When it ended. RFC 3339, UTC. */
    public string $finishedAt;
    public ?PlaylistSummary $summary;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($error = Reading::text($raw, 'error')) !== null) {
            $this->error = $error;
        }
        if (($code = Reading::word($raw, 'code', JobFailureCode::class)) !== null) {
            $this->code = $code;
        }
        if (($retryable = Reading::flag($raw, 'retryable')) !== null) {
            $this->retryable = $retryable;
        }
        if (($nextStep = Reading::text($raw, 'next_step')) !== null) {
            $this->nextStep = $nextStep;
        }
        $this->startsAt = Reading::text($raw, 'starts_at');
        $this->lastError = Reading::object($raw, 'last_error', LastError::from(...));
        $this->warnings = Reading::objects($raw, 'warnings', JobWarning::from(...));
        if (($finishedAt = Reading::text($raw, 'finished_at')) !== null) {
            $this->finishedAt = $finishedAt;
        }
        $this->summary = Reading::object($raw, 'summary', PlaylistSummary::from(...));
    }
}
