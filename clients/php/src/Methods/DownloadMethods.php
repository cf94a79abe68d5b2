<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\Download;
use VideoScraper\Api\DownloadAccepted;
use VideoScraper\Api\DownloadBatchAccepted;
use VideoScraper\Api\DownloadCompleted;
use VideoScraper\Api\DownloadFields;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Error\JobCancelledError;
use VideoScraper\Error\JobFailedError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Fields;
use VideoScraper\JobEvent;
use VideoScraper\Jobs\JobSource;
use VideoScraper\Jobs\Outcome;
use VideoScraper\Requests\Stopping;
use VideoScraper\WaitOptions;

/** Downloads. */
trait DownloadMethods
{
    /**
     * The download of the video at `$url`, once its file is there; `save` and `fetchFile` get it.
     *
     * @param DownloadFields|array<string, mixed> $fields an array in the words of the API
     *
     * @throws JobFailedError|JobCancelledError when the job ends otherwise
     * @throws VideoScraperError
     */
    public function download(string $url, DownloadFields|array $fields = [], ?WaitOptions $options = null): DownloadCompleted
    {
        $options ??= new WaitOptions();
        $job = $this->waiting($options, function (CallOptions $starting) use ($url, $fields, $options): JobSource {
            $id = $this->startDownload($url, $fields, $starting)->downloadId;

            return JobSource::download($this->sender, $id, $options->forCalls());
        });
        Outcome::throwUnlessCompleted($job);

        // A state that nobody has heard of is given as it is.
        return $job instanceof DownloadCompleted ? $job : DownloadCompleted::from($job->raw);
    }

    /**
     * `createDownload`.
     *
     * @param DownloadFields|array<string, mixed> $fields
     */
    public function startDownload(string $url, DownloadFields|array $fields = [], ?CallOptions $options = null): DownloadAccepted
    {
        $body = Fields::forAddresses(['url' => $url], $fields);

        return DownloadAccepted::from($this->data(Operation::CreateDownload, $options, body: $body));
    }

    /**
     * `createDownload` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused.
     *
     * @param list<string>                        $urls
     * @param DownloadFields|array<string, mixed> $fields
     */
    public function startDownloads(
        array $urls,
        DownloadFields|array $fields = [],
        ?CallOptions $options = null,
    ): DownloadBatchAccepted {
        $body = Fields::forAddresses(['urls' => $urls], $fields);

        return DownloadBatchAccepted::from($this->data(Operation::CreateDownload, $options, body: $body));
    }

    /** `getDownload`. */
    public function getDownload(string $id, ?CallOptions $options = null): Download
    {
        return Download::ofState($this->data(Operation::GetDownload, $options, ['download_id' => $id]));
    }

    /** Returns when the download has ended, however it ended. */
    public function waitForDownload(string $id, ?WaitOptions $options = null): Download
    {
        $options ??= new WaitOptions();
        $job = $this->waiting($options, fn (): JobSource => JobSource::download($this->sender, $id, $options->forCalls()));

        return $job instanceof Download ? $job : Download::ofState($job->raw);
    }

    /**
     * `streamDownload`: the events of the download until its end; resumes by itself.
     *
     * @return \Generator<int, JobEvent>
     */
    public function followDownload(string $id, ?CallOptions $options = null): \Generator
    {
        $options ??= new CallOptions();

        return JobSource::download($this->sender, $id, $options)->events(new Stopping($options->stopWhen));
    }
}
