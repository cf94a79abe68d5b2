<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\CallOptions;
use VideoScraper\Error\Aborted;
use VideoScraper\Error\DeadlineError;
use VideoScraper\Jobs\JobSource;
use VideoScraper\Jobs\Waiting;
use VideoScraper\Requests\Stopping;
use VideoScraper\WaitOptions;

/**
 * How the calls that wait do it.
 *
 * @internal
 */
trait WaitMethods
{
    /**
     * Waits for the end of a job, which `$source` may have to start.
     *
     * @param \Closure(CallOptions): JobSource              $source
     * @param (\Closure(Job|Download, Stopping): void)|null $onSeen is called with each state, after `onProgress`
     */
    private function waiting(WaitOptions $options, \Closure $source, ?\Closure $onSeen = null): Job|Download
    {
        $stopping = new Stopping($options->stopWhen, $options->deadline);
        $job = null;
        try {
            $stopping->check();
            $job = $source(self::starting($options, $stopping));
            $stopping->jobId = $job->id;

            return (new Waiting($job, $options, $stopping, $onSeen))->untilEnd();
        } catch (Aborted|DeadlineError $reason) {
            if ($options->cancelOnStop) {
                $job?->cancelQuietly();
            }
            throw $reason;
        }
    }

    /** A start that may have to be cancelled is not broken off: its answer has the id of the job. */
    private static function starting(WaitOptions $options, Stopping $stopping): CallOptions
    {
        $stopWhen = static function () use ($stopping): bool {
            $stopping->check();

            return false;
        };

        return new CallOptions(
            retries: $options->retries,
            headers: $options->headers,
            idempotencyKey: $options->idempotencyKey,
            stopWhen: $options->cancelOnStop ? null : $stopWhen,
        );
    }
}
