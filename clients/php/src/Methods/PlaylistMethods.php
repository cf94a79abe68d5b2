<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\Operation;
use VideoScraper\Api\PlaylistAccepted;
use VideoScraper\Api\PlaylistEntries;
use VideoScraper\Api\PlaylistEntry;
use VideoScraper\Api\PlaylistFields;
use VideoScraper\Api\PlaylistJobCompleted;
use VideoScraper\CallOptions;
use VideoScraper\Error\JobCancelledError;
use VideoScraper\Error\JobFailedError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Fields;
use VideoScraper\Jobs\EndedEntries;
use VideoScraper\Jobs\JobSource;
use VideoScraper\Jobs\Outcome;
use VideoScraper\Page;
use VideoScraper\Requests\Stopping;
use VideoScraper\WaitOptions;

/** A job for each entry of a list. */
trait PlaylistMethods
{
    /**
     * The playlist at `$url`, once each of its entries has ended, well or badly; `onEntry` of the options is given each of them as it
     * ends, and `entries` gives them afterwards.
     *
     * @param PlaylistFields|array<string, mixed> $fields an array in the words of the API
     *
     * @throws JobFailedError|JobCancelledError when the list cannot be read or is cancelled
     * @throws VideoScraperError
     */
    public function playlist(string $url, PlaylistFields|array $fields = [], ?WaitOptions $options = null): PlaylistJobCompleted
    {
        $options ??= new WaitOptions();
        $job = $this->waiting($options, function (CallOptions $starting) use ($url, $fields, $options): JobSource {
            return JobSource::info($this->sender, $this->startPlaylist($url, $fields, $starting)->jobId, $options->forCalls());
        }, $options->onEntry === null ? null : $this->endedEntries($options, $options->onEntry)->see(...));
        Outcome::throwUnlessCompleted($job);

        // A state that nobody has heard of is given as it is.
        return $job instanceof PlaylistJobCompleted ? $job : PlaylistJobCompleted::from($job->raw);
    }

    /**
     * `createPlaylist`.
     *
     * @param PlaylistFields|array<string, mixed> $fields
     */
    public function startPlaylist(string $url, PlaylistFields|array $fields = [], ?CallOptions $options = null): PlaylistAccepted
    {
        $body = Fields::forAddresses(['url' => $url], $fields);

        return PlaylistAccepted::from($this->data(Operation::CreatePlaylist, $options, body: $body));
    }

    /**
     * `listEntries`: one page.
     *
     * @return Page<PlaylistEntry>
     */
    public function listEntries(string $id, ?int $limit = null, ?string $cursor = null, ?CallOptions $options = null): Page
    {
        $query = ['limit' => $limit, 'cursor' => $cursor];
        $page = PlaylistEntries::from($this->data(Operation::ListEntries, $options, ['job_id' => $id], $query));

        return new Page($page->entries, $page->nextCursor);
    }

    /**
     * The entries of a playlist in their order, each with its job as it is now.
     *
     * @return \Generator<int, PlaylistEntry>
     */
    public function entries(string $id, ?int $limit = null, ?CallOptions $options = null): \Generator
    {
        return Page::eachItem(fn (?string $cursor): Page => $this->listEntries($id, $limit, $cursor, $options));
    }

    /** @param \Closure(PlaylistEntry): mixed $onEntry */
    private function endedEntries(WaitOptions $options, \Closure $onEntry): EndedEntries
    {
        $page = function (string $id, ?string $cursor, Stopping $stopping) use ($options): Page {
            $isOver = static function () use ($stopping): bool {
                $stopping->check();

                return false;
            };
            $call = new CallOptions(retries: $options->retries, headers: $options->headers, stopWhen: $isOver);

            // As many as a page can have.
            return $this->listEntries($id, 200, $cursor, $call);
        };

        return new EndedEntries($page, $onEntry);
    }
}
