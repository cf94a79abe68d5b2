<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `in_progress`: the download waits or runs. */
final readonly class DownloadInProgress extends Download
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['status', 'status_message', 'phase', 'downloaded_bytes', 'total_bytes', 'speed_bytes_per_second', 'eta_seconds', 'download_id', 'format_id', 'progress', 'heartbeat_at', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    /** What is going on, for people. */
    public string $statusMessage;
    public JobPhase|string $phase;
    public ?float $downloadedBytes;
    /** An estimate where the source does not say it. */
    public ?float $totalBytes;
    public ?float $speedBytesPerSecond;
    public ?float $etaSeconds;
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
        if (($statusMessage = Reading::text($raw, 'status_message')) !== null) {
            $this->statusMessage = $statusMessage;
        }
        if (($phase = Reading::word($raw, 'phase', JobPhase::class)) !== null) {
            $this->phase = $phase;
        }
        $this->downloadedBytes = Reading::number($raw, 'downloaded_bytes');
        $this->totalBytes = Reading::number($raw, 'total_bytes');
        $this->speedBytesPerSecond = Reading::number($raw, 'speed_bytes_per_second');
        $this->etaSeconds = Reading::number($raw, 'eta_seconds');
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
