<?php

declare(strict_types=1);

namespace VideoScraper\Requests;

use VideoScraper\Error\Aborted;
use VideoScraper\Error\DeadlineError;

/**
 * The reasons to stop, and pauses that heed them.
 *
 * @internal
 */
final class Stopping
{
    private const LONGEST_NAP = 0.05;

    /** The job that is waited for, once it is known. */
    public ?string $jobId = null;
    private bool $isStopped = false;
    private readonly ?float $endsAt;

    /**
     * @param (\Closure(): bool)|null $stopWhen
     * @param float|null              $deadline seconds from now
     */
    public function __construct(private readonly ?\Closure $stopWhen = null, ?float $deadline = null)
    {
        $this->endsAt = $deadline === null ? null : self::now() + $deadline;
    }

    /** Seconds of a clock that nobody sets. */
    public static function now(): float
    {
        return hrtime(true) / 1e9;
    }

    public function isOver(): bool
    {
        // Whoever has said stop once has stopped.
        $this->isStopped = $this->isStopped || ($this->stopWhen !== null && ($this->stopWhen)());

        return $this->isStopped || $this->isLate();
    }

    /** Throws the reason when there is one. */
    public function check(): void
    {
        if (!$this->isOver()) {
            return;
        }
        throw $this->isStopped ? new Aborted() : new DeadlineError($this->jobId);
    }

    public function pause(float $seconds): void
    {
        $until = self::now() + $seconds;
        do {
            $this->check();
            $left = $until - self::now();
            if ($left > 0) {
                usleep((int) ceil(min($left, self::LONGEST_NAP) * 1e6));
            }
        } while ($left > 0);
    }

    private function isLate(): bool
    {
        return $this->endsAt !== null && self::now() >= $this->endsAt;
    }
}
