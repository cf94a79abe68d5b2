<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;
use VideoScraper\Api\Job;
use VideoScraper\Api\PlaylistEntry;
use VideoScraper\Jobs\EndedEntries;
use VideoScraper\Page;
use VideoScraper\Requests\Stopping;

/** Six entries of a playlist in pages of two: each is given once, and no page is read for nothing. */
final class EndedEntriesTest extends TestCase
{
    private array $states = ['queued', 'queued', 'queued', 'queued', 'queued', 'queued'];
    private array $given = [];
    private array $read = [];
    private EndedEntries $entries;

    protected function setUp(): void
    {
        $page = function (string $id, ?string $cursor): Page {
            $at = (int) $cursor;
            $this->read[] = $at;
            $items = array_map(
                fn (int $index): PlaylistEntry => PlaylistEntry::from(['position' => $index + 1, 'state' => $this->states[$index]]),
                [$at, $at + 1],
            );

            return new Page($items, $at < 4 ? (string) ($at + 2) : null);
        };
        $this->entries = new EndedEntries($page, function (PlaylistEntry $entry): void {
            $this->given[] = $entry->position;
        });
    }

    private function see(int $ended, string $status = 'processing'): void
    {
        $summary = ['total' => 6, 'queued' => 6 - $ended, 'running' => 0];
        $job = Job::ofState(['job_id' => 'p', 'status' => $status, 'kind' => 'playlist', 'summary' => $summary]);
        $this->entries->see($job, new Stopping());
    }

    public function testPagesThatAreDoneWithAreNotReadAgain(): void
    {
        $this->states[1] = 'completed';
        $this->see(1);
        self::assertSame([[2], [0, 2]], [$this->given, $this->read]);
        $this->states[0] = $this->states[3] = 'failed';
        $this->see(3);
        self::assertSame([[2, 1, 4], [0, 2, 0, 2, 4]], [$this->given, $this->read]);
        $this->see(3);
        $this->states = array_fill(0, 6, 'skipped');
        $this->see(6, 'completed');
        self::assertSame([[2, 1, 4, 3, 5, 6], [0, 2, 0, 2, 4, 2, 4]], [$this->given, $this->read]);
    }

    public function testAnUnknownWordIsAnEndOnceThePlaylistHasEnded(): void
    {
        $this->states = ['levitating', 'running', 'skipped', 'queued', 'queued', 'queued'];
        $this->see(1);
        self::assertSame([], $this->given);
        $this->see(1, 'cancelled');
        self::assertSame([1, 3], $this->given);
    }
}
