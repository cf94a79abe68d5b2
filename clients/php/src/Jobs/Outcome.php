<?php

declare(strict_types=1);

namespace VideoScraper\Jobs;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\Error\JobCancelledError;
use VideoScraper\Error\JobFailedError;

/**
 * How a job has ended, for who wants its result.
 *
 * @internal
 */
final class Outcome
{
    public static function throwUnlessCompleted(Job|Download $job): void
    {
        match ($job->raw['status'] ?? null) {
            'failed' => throw new JobFailedError($job),
            'cancelled' => throw new JobCancelledError($job),
            default => null,
        };
    }
}
