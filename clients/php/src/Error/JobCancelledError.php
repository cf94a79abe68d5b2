<?php

declare(strict_types=1);

namespace VideoScraper\Error;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;

/** The job was cancelled, by whomever (`job_cancelled`). */
final class JobCancelledError extends VideoScraperError
{
    public function __construct(public readonly Job|Download $job)
    {
        parent::__construct('The job was cancelled.', 'job_cancelled');
    }
}
