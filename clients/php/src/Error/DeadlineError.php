<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** The deadline of a wait is over (`deadline_exceeded`). The job goes on, unless `cancelOnStop` was set. */
final class DeadlineError extends VideoScraperError
{
    /** @param string|null $jobId the job that was waited for; null when it was not started yet */
    public function __construct(public readonly ?string $jobId)
    {
        parent::__construct(
            'The job did not end before the deadline. Wait for it again by its id, or cancel it.',
            'deadline_exceeded',
            retryable: true,
        );
    }
}
