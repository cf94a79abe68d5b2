<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class PlaylistAccepted extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['job_id', 'status', 'message'];

    public string $jobId;
    public AcceptedStatus|string $status;
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
        if (($jobId = Reading::text($raw, 'job_id')) !== null) {
            $this->jobId = $jobId;
        }
        if (($status = Reading::word($raw, 'status', AcceptedStatus::class)) !== null) {
            $this->status = $status;
        }
        if (($message = Reading::text($raw, 'message')) !== null) {
            $this->message = $message;
        }
        $this->jobExpiresAt = Reading::text($raw, 'job_expires_at');
        $this->callbackSecret = Reading::text($raw, 'callback_secret');
        $this->retryOf = Reading::text($raw, 'retry_of');
    }
}
