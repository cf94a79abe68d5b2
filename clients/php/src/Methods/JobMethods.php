<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\CancelledJobs;
use VideoScraper\Api\CancelReply;
use VideoScraper\Api\DeletedJobs;
use VideoScraper\Api\Download;
use VideoScraper\Api\DownloadAccepted;
use VideoScraper\Api\DownloadStatus;
use VideoScraper\Api\EventLink;
use VideoScraper\Api\InfoAccepted;
use VideoScraper\Api\Job;
use VideoScraper\Api\InfoJobStatus;
use VideoScraper\Api\JobKind;
use VideoScraper\Api\JobSelection;
use VideoScraper\Api\JobSummary;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Error\ConflictError;
use VideoScraper\JobEvent;
use VideoScraper\Jobs\Following;
use VideoScraper\Page;
use VideoScraper\Reading;
use VideoScraper\Requests\Addresses;
use VideoScraper\Requests\Stopping;

/** Jobs of both kinds. */
trait JobMethods
{
    /**
     * `cancelJob`.
     *
     * @throws ConflictError when it has ended, or is being published
     */
    public function cancel(string $id, ?CallOptions $options = null): CancelReply
    {
        return CancelReply::from($this->data(Operation::CancelJob, $options, ['job_id' => $id]));
    }

    /** `retryJob`: a new job with the request of one that failed or was cancelled. */
    public function retry(string $id, ?CallOptions $options = null): InfoAccepted|DownloadAccepted
    {
        $raw = $this->data(Operation::RetryJob, $options, ['job_id' => $id]);

        return Reading::choice($raw, InfoAccepted::class, DownloadAccepted::class);
    }

    /**
     * `deleteJob`: removes a job that has ended, with its files. Returns also when a repeat finds that the attempt before has
     * removed it.
     *
     * @throws ConflictError when it has not ended
     */
    public function deleteJob(string $id, ?CallOptions $options = null): void
    {
        $this->removing(Operation::DeleteJob, ['job_id' => $id], $options);
    }

    /**
     * `cancelJobs`: those for which all conditions hold, at most a hundred at once; `nextCursor` goes on.
     *
     * @param JobSelection|array<string, mixed> $selection
     */
    public function cancelJobs(JobSelection|array $selection, ?CallOptions $options = null): CancelledJobs
    {
        return CancelledJobs::from($this->data(Operation::CancelJobs, $options, body: $selection));
    }

    /**
     * `deleteJobs`: those that have ended and for which all conditions hold, at most a hundred at once; `nextCursor` goes on.
     *
     * @param JobSelection|array<string, mixed> $selection
     */
    public function deleteJobs(JobSelection|array $selection, ?CallOptions $options = null): DeletedJobs
    {
        return DeletedJobs::from($this->data(Operation::DeleteJobs, $options, body: $selection));
    }

    /**
     * `listJobs`: one page.
     *
     * @param string|null $createdAfter  RFC 3339: only jobs that were made later
     * @param string|null $createdBefore RFC 3339: only jobs that were made earlier
     * @param string|null $metadata      only jobs with this entry: its name, a colon, and its whole value, such as `order:4711`
     * @param string|null $parentId      only jobs that this playlist has made of its entries
     *
     * @return Page<JobSummary>
     */
    public function listJobs(
        ?int $limit = null,
        ?string $cursor = null,
        InfoJobStatus|DownloadStatus|string|null $status = null,
        JobKind|string|null $kind = null,
        ?string $createdAfter = null,
        ?string $createdBefore = null,
        ?string $metadata = null,
        ?string $parentId = null,
        ?CallOptions $options = null,
    ): Page {
        $query = [
            'limit' => $limit,
            'cursor' => $cursor,
            'status' => $status,
            'kind' => $kind,
            'created_after' => $createdAfter,
            'created_before' => $createdBefore,
            'metadata' => $metadata,
            'parent_id' => $parentId,
        ];
        $raw = $this->data(Operation::ListJobs, $options, query: $query);

        return new Page(Reading::objects($raw, 'jobs', JobSummary::from(...)) ?? [], Reading::text($raw, 'next_cursor'));
    }

    /**
     * Own jobs, newest first. The arguments are those of `listJobs`.
     *
     * @return \Generator<int, JobSummary>
     */
    public function jobs(
        ?int $limit = null,
        InfoJobStatus|DownloadStatus|string|null $status = null,
        JobKind|string|null $kind = null,
        ?string $createdAfter = null,
        ?string $createdBefore = null,
        ?string $metadata = null,
        ?string $parentId = null,
        ?CallOptions $options = null,
    ): \Generator {
        return Page::eachItem(fn (?string $cursor): Page => $this->listJobs(
            $limit,
            $cursor,
            $status,
            $kind,
            $createdAfter,
            $createdBefore,
            $metadata,
            $parentId,
            $options,
        ));
    }

    /** `createEventLink`: an address of the events of one job that needs no key. */
    public function createEventLink(string $id, ?CallOptions $options = null): EventLink
    {
        return EventLink::from($this->data(Operation::CreateEventLink, $options, ['job_id' => $id]));
    }

    /**
     * `streamByLink`: follows a job by the `token` in the address of `createEventLink`.
     *
     * @return \Generator<int, JobEvent>
     */
    public function followLink(string $id, string $token, ?CallOptions $options = null): \Generator
    {
        $options ??= new CallOptions();
        $baseUrl = $this->sender->configuration->baseUrl;
        $query = ['token' => $token];
        $request = Addresses::request($baseUrl, Operation::StreamByLink, ['job_id' => $id], $query, null, $options);
        $read = static fn (array $raw): Job|Download => isset($raw['download_id'])
            ? Download::ofState($raw)
            : Job::ofState($raw);

        return (new Following($this->sender, $request, $read, new Stopping($options->stopWhen)))->events();
    }
}
