<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** A download. Which keys are there depends on `status`. */
abstract readonly class Download extends Model
{
    public DownloadStatus|string $status;
    public string $downloadId;
    /** The format that was asked for; null for the best. */
    public ?string $formatId;
    public ?DownloadOptions $options;
    public ?DestinationStatus $destination;
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
        if (($status = Reading::word($raw, 'status', DownloadStatus::class)) !== null) {
            $this->status = $status;
        }
        if (($downloadId = Reading::text($raw, 'download_id')) !== null) {
            $this->downloadId = $downloadId;
        }
        $this->formatId = Reading::text($raw, 'format_id');
        $this->options = Reading::object($raw, 'options', DownloadOptions::from(...));
        $this->destination = Reading::object($raw, 'destination', DestinationStatus::from(...));
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
            'in_progress' => new DownloadInProgress($raw),
            'completed' => new DownloadCompleted($raw),
            'failed' => new DownloadFailed($raw),
            'cancelled' => new DownloadCancelled($raw),
            default => new DownloadInProgress($raw),
        };
    }
}
