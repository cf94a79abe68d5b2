<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** A job of any kind but a download. Which keys are there depends on `status`; those of a completed one depend on `kind` as well. */
abstract readonly class Job extends Model
{
    public string $jobId;
    public InfoJobStatus|string $status;
    public JobKind|string $kind;
    /** The address that was asked for, in its canonical spelling. */
    public string $url;
    /** How often the job was tried so far, the running attempt included. */
    public int $attempts;
    /** The job that this one repeats. */
    public ?string $retryOf;
    /** The playlist that made this job of one of its entries. */
    public ?string $parentId;
    /** @var array<string, string>|null Your own texts about the job, by names of your own. At most 16; a name has 1 to 40 letters, digits, `_`, `.` or `-`, a value at most 500 characters, all together 2048 bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them. */
    public ?array $metadata;
    /** When the job was accepted. RFC 3339, UTC. */
    public string $createdAt;
    /** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
    public ?string $startedAt;
    /** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
    public ?string $jobExpiresAt;
    /** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
    public ?string $ytdlpVersion;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($jobId = Reading::text($raw, 'job_id')) !== null) {
            $this->jobId = $jobId;
        }
        if (($status = Reading::word($raw, 'status', InfoJobStatus::class)) !== null) {
            $this->status = $status;
        }
        if (($kind = Reading::word($raw, 'kind', JobKind::class)) !== null) {
            $this->kind = $kind;
        }
        if (($url = Reading::text($raw, 'url')) !== null) {
            $this->url = $url;
        }
        if (($attempts = Reading::integer($raw, 'attempts')) !== null) {
            $this->attempts = $attempts;
        }
        $this->retryOf = Reading::text($raw, 'retry_of');
        $this->parentId = Reading::text($raw, 'parent_id');
        $this->metadata = Reading::map($raw, 'metadata');
        if (($createdAt = Reading::text($raw, 'created_at')) !== null) {
            $this->createdAt = $createdAt;
        }
        $this->startedAt = Reading::text($raw, 'started_at');
        $this->jobExpiresAt = Reading::text($raw, 'job_expires_at');
        $this->ytdlpVersion = Reading::text($raw, 'ytdlp_version');
    }

    /**
     * The class of its state. A state that this version does not know is one that has not ended.
     *
     * @param array<string, mixed> $raw
     */
    public static function ofState(array $raw): self
    {
        return match ($raw['status'] ?? null) {
            'processing' => new InfoJobProcessing($raw),
            'completed' => match ($raw['kind'] ?? null) {
                'playlist' => new PlaylistJobCompleted($raw),
                'transcript' => new TranscriptJobCompleted($raw),
                default => new InfoJobCompleted($raw),
            },
            'failed' => new InfoJobFailed($raw),
            'cancelled' => new InfoJobCancelled($raw),
            default => new InfoJobProcessing($raw),
        };
    }
}
