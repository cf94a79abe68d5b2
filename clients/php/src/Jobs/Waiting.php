<?php

declare(strict_types=1);

namespace VideoScraper\Jobs;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\Error\Aborted;
use VideoScraper\Error\AuthenticationError;
use VideoScraper\Error\DeadlineError;
use VideoScraper\Error\PermissionError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\JobEvent;
use VideoScraper\Requests\Retries;
use VideoScraper\Requests\Stopping;
use VideoScraper\WaitOptions;

/**
 * Waits for the end of a job: by its events, else by answers that are held back, else by asking again and again.
 *
 * @internal
 */
final readonly class Waiting
{
    private const HELD_SECONDS = 10;
    private const SHORTEST_PAUSE = 1.0;
    private const LONGEST_PAUSE = 5.0;
    /** Seconds. So long a service may be away while somebody waits for a job that it has. */
    private const SILENCE_MAX = 120.0;

    /** @param (\Closure(Job|Download, Stopping): void)|null $onSeen is called with each state, after `onProgress` */
    public function __construct(
        private JobSource $source,
        private WaitOptions $options,
        private Stopping $stopping,
        private ?\Closure $onSeen = null,
    ) {
    }

    /** The job as it ended. */
    public function untilEnd(): Job|Download
    {
        return $this->byEvents() ?? $this->byAsking();
    }

    /** A word that is not known is no end. */
    public static function hasEnded(Job|Download $job): bool
    {
        return in_array($job->raw['status'] ?? null, ['completed', 'failed', 'cancelled'], true);
    }

    private function see(Job|Download $job): void
    {
        $this->options->onProgress?->__invoke($job);
        $this->onSeen?->__invoke($job, $this->stopping);
    }

    /** Null when the events lead nowhere. */
    private function byEvents(): Job|Download|null
    {
        if (!$this->source->canFollow()) {
            return null;
        }
        $events = $this->source->events($this->stopping);
        for ($isFirst = true; ($event = $this->next($events, $isFirst)) !== null; $isFirst = false) {
            // Events of a newer service may hold something else than the job.
            if ($event->job === null) {
                continue;
            }
            $this->see($event->job);
            if ($event->type === 'end' || self::hasEnded($event->job)) {
                return $event->job;
            }
        }

        return null;
    }

    /**
     * Null when there is none, and asking may still lead to the end.
     *
     * @param \Generator<int, JobEvent> $events
     */
    private function next(\Generator $events, bool $isFirst): ?JobEvent
    {
        try {
            if (!$isFirst) {
                $events->next();
            }

            return $events->current();
        } catch (AuthenticationError|PermissionError|Aborted|DeadlineError $error) {
            throw $error;
        } catch (VideoScraperError) {
            return null;
        }
    }

    private function byAsking(): Job|Download
    {
        $pause = self::SHORTEST_PAUSE;
        $heardAt = Stopping::now();
        for (;;) {
            $wasHeld = false;
            try {
                [$job, $wasHeld] = $this->source->ask(self::HELD_SECONDS, $this->stopping);
                $heardAt = Stopping::now();
            } catch (Aborted|DeadlineError $reason) {
                throw $reason;
            } catch (VideoScraperError $error) {
                $isHopeless = !Retries::isPassing($error) && $error->status !== 500;
                if ($isHopeless || Stopping::now() - $heardAt > self::SILENCE_MAX) {
                    throw $error;
                }
                $job = null;
            }
            if ($job !== null) {
                $this->see($job);
                if (self::hasEnded($job)) {
                    return $job;
                }
            }
            // An answer that was held back has waited already.
            if (!$wasHeld) {
                $this->stopping->pause(Retries::spread($pause * 2));
                $pause = min($pause * 1.5, self::LONGEST_PAUSE);
            }
        }
    }
}
