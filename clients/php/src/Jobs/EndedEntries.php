<?php

declare(strict_types=1);

namespace VideoScraper\Jobs;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\Api\PlaylistEntry;
use VideoScraper\Error\Aborted;
use VideoScraper\Error\DeadlineError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Page;
use VideoScraper\Requests\Retries;
use VideoScraper\Requests\Stopping;

/**
 * Gives the entries of a playlist one by one, each once it has ended. The order is that of their ends, as far as it was seen.
 *
 * @internal
 */
final class EndedEntries
{
    private const UNDER_WAY = ['queued', 'running'];
    private const ENDED = ['completed', 'failed', 'cancelled', 'skipped'];

    /** @var array<int, true> the positions of those that were given */
    private array $given = [];
    /** The first page that may hold an entry that was not given: pages before it are not read again. */
    private ?string $first = null;
    private int $lastCount = 0;

    /**
     * @param \Closure(string, string|null, Stopping): Page<PlaylistEntry> $page    reads one page of the entries of a job
     * @param \Closure(PlaylistEntry): mixed                              $onEntry
     */
    public function __construct(private readonly \Closure $page, private readonly \Closure $onEntry)
    {
    }

    /** Has to be called with each state of the playlist. */
    public function see(Job|Download $job, Stopping $stopping): void
    {
        $isOver = Waiting::hasEnded($job);
        $count = self::endedOf($job);
        if ($count === null || ($count === $this->lastCount && !$isOver)) {
            return;
        }
        $cursor = $this->first;
        do {
            $page = $this->read((string) $job->raw['job_id'], $cursor, $isOver, $stopping);
            // The next state that is seen leads here again.
            if ($page === null) {
                return;
            }
            $ended = array_filter($page->items, static fn (PlaylistEntry $entry): bool => self::isEnd($entry, $isOver));
            $this->give($ended, $stopping);
            if ($cursor === $this->first && count($ended) === count($page->items)) {
                $this->first = $page->nextCursor ?? $this->first;
            } elseif (!$isOver && $ended === []) {
                // Entries are begun in their order: behind a page on which none has ended there is nothing to give yet.
                break;
            }
            $cursor = $page->nextCursor;
        } while ($cursor !== null);
        $this->lastCount = $count;
    }

    /** @param array<PlaylistEntry> $ended */
    private function give(array $ended, Stopping $stopping): void
    {
        foreach ($ended as $entry) {
            if (isset($this->given[$entry->position])) {
                continue;
            }
            $this->given[$entry->position] = true;
            ($this->onEntry)($entry);
            $stopping->check();
        }
    }

    /** @return Page<PlaylistEntry>|null */
    private function read(string $id, ?string $cursor, bool $isOver, Stopping $stopping): ?Page
    {
        try {
            return ($this->page)($id, $cursor, $stopping);
        } catch (Aborted|DeadlineError $reason) {
            throw $reason;
        } catch (VideoScraperError $error) {
            if ($isOver || !Retries::isPassing($error)) {
                throw $error;
            }

            return null;
        }
    }

    /** A word that is not known is an end only where nothing goes on any more. */
    private static function isEnd(PlaylistEntry $entry, bool $isOver): bool
    {
        $state = $entry->raw['state'] ?? null;

        return in_array($state, self::ENDED, true) || ($isOver && !in_array($state, self::UNDER_WAY, true));
    }

    /** How many entries have ended; null where the list has not been read. */
    private static function endedOf(Job|Download $job): ?int
    {
        $summary = $job->raw['summary'] ?? null;
        if (!is_array($summary)) {
            return null;
        }

        return ($summary['total'] ?? 0) - ($summary['queued'] ?? 0) - ($summary['running'] ?? 0);
    }
}
