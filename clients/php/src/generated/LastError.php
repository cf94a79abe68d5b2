<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** Why the last attempt failed of a job that goes on, or that had not ended when its time was over (`job_expired`). */
final readonly class LastError extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['code', 'error'];

    public JobFailureCode|string $code;
    /** Why the attempt failed, for people. */
    public string $error;
    /** When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC. */
    public ?string $startsAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($code = Reading::word($raw, 'code', JobFailureCode::class)) !== null) {
            $this->code = $code;
        }
        if (($error = Reading::text($raw, 'error')) !== null) {
            $this->error = $error;
        }
        $this->startsAt = Reading::text($raw, 'starts_at');
    }
}
