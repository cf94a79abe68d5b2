<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class DownloadAccepted extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['status', 'download_id', 'message'];

    public AcceptedStatus|string $status;
    public string $downloadId;
    public string $message;
    /** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
    public ?string $jobExpiresAt;
    /** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
    public ?string $callbackSecret;
    /** The job that this one repeats. */
    public ?string $retryOf;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($status = Reading::word($raw, 'status', AcceptedStatus::class)) !== null) {
            $this->status = $status;
        }
        if (($downloadId = Reading::text($raw, 'download_id')) !== null) {
            $this->downloadId = $downloadId;
        }
        if (($message = Reading::text($raw, 'message')) !== null) {
            $this->message = $message;
        }
        $this->jobExpiresAt = Reading::text($raw, 'job_expires_at');
        $this->callbackSecret = Reading::text($raw, 'callback_secret');
        $this->retryOf = Reading::text($raw, 'retry_of');
    }
}
