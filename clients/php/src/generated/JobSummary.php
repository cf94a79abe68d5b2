<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class JobSummary extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['id', 'kind', 'status', 'progress', 'url', 'status_url', 'created_at', 'started_at', 'finished_at'];

    /** A `job_id` or a `download_id`. */
    public string $id;
    public JobKind|string $kind;
    /** The same word as the status of the job itself. */
    public string $status;
    public float $progress;
    public string $url;
    /** Where to ask for the whole status. */
    public string $statusUrl;
    /** failed: why, for people. */
    public ?string $error;
    /** A completed download: the name of its file. */
    public ?string $filename;
    /** A completed download: where to fetch its file, as long as it is kept. */
    public ?string $downloadUrl;
    public JobFailureCode|string|null $code;
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
    /** When it ended. RFC 3339, UTC; null when it has not happened. */
    public ?string $finishedAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($id = Reading::text($raw, 'id')) !== null) {
            $this->id = $id;
        }
        if (($kind = Reading::word($raw, 'kind', JobKind::class)) !== null) {
            $this->kind = $kind;
        }
        if (($status = Reading::text($raw, 'status')) !== null) {
            $this->status = $status;
        }
        if (($progress = Reading::number($raw, 'progress')) !== null) {
            $this->progress = $progress;
        }
        if (($url = Reading::text($raw, 'url')) !== null) {
            $this->url = $url;
        }
        if (($statusUrl = Reading::text($raw, 'status_url')) !== null) {
            $this->statusUrl = $statusUrl;
        }
        $this->error = Reading::text($raw, 'error');
        $this->filename = Reading::text($raw, 'filename');
        $this->downloadUrl = Reading::text($raw, 'download_url');
        $this->code = Reading::word($raw, 'code', JobFailureCode::class);
        $this->retryOf = Reading::text($raw, 'retry_of');
        $this->parentId = Reading::text($raw, 'parent_id');
        $this->metadata = Reading::map($raw, 'metadata');
        if (($createdAt = Reading::text($raw, 'created_at')) !== null) {
            $this->createdAt = $createdAt;
        }
        $this->startedAt = Reading::text($raw, 'started_at');
        $this->finishedAt = Reading::text($raw, 'finished_at');
    }
}
