<?php

declare(strict_types=1);

namespace VideoScraper\Error;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\Reading;

/** The job ended without a result. `code` is that of the failure, as in docs/errors.md. */
final class JobFailedError extends VideoScraperError
{
    /** What to do about it, for people; null when the service does not say. */
    public readonly ?string $nextStep;

    public function __construct(public readonly Job|Download $job)
    {
        $this->nextStep = Reading::text($job->raw, 'next_step');
        parent::__construct(
            Reading::text($job->raw, 'error') ?? 'The job failed.',
            Reading::text($job->raw, 'code') ?? 'unknown',
            retryable: Reading::flag($job->raw, 'retryable') ?? false,
        );
    }
}
