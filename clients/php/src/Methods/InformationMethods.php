<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\InfoAccepted;
use VideoScraper\Api\InfoBatchAccepted;
use VideoScraper\Api\InfoFields;
use VideoScraper\Api\InfoJobCompleted;
use VideoScraper\Api\Job;
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

/** What is known about videos. */
trait InformationMethods
{
    /**
     * What is known about the video at `$url`, once it was found out.
     *
     * @param InfoFields|array<string, mixed> $fields an array in the words of the API
     *
     * @throws JobFailedError|JobCancelledError when the job ends otherwise
     * @throws VideoScraperError
     */
    public function info(string $url, InfoFields|array $fields = [], ?WaitOptions $options = null): InfoJobCompleted
    {
        $options ??= new WaitOptions();
        $job = $this->waiting($options, function (CallOptions $starting) use ($url, $fields, $options): JobSource {
            return JobSource::info($this->sender, $this->startInfo($url, $fields, $starting)->jobId, $options->forCalls());
        });
        Outcome::throwUnlessCompleted($job);

        // A state that nobody has heard of is given as it is.
        return $job instanceof InfoJobCompleted ? $job : InfoJobCompleted::from($job->raw);
    }

    /**
     * `createInfoJob`.
     *
     * @param InfoFields|array<string, mixed> $fields
     */
    public function startInfo(string $url, InfoFields|array $fields = [], ?CallOptions $options = null): InfoAccepted
    {
        $body = Fields::forAddresses(['url' => $url], $fields);

        return InfoAccepted::from($this->data(Operation::CreateInfoJob, $options, body: $body));
    }

    /**
     * `createInfoJob` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused.
     *
     * @param list<string>                    $urls
     * @param InfoFields|array<string, mixed> $fields
     */
    public function startInfos(array $urls, InfoFields|array $fields = [], ?CallOptions $options = null): InfoBatchAccepted
    {
        $body = Fields::forAddresses(['urls' => $urls], $fields);

        return InfoBatchAccepted::from($this->data(Operation::CreateInfoJob, $options, body: $body));
    }

    /** `getInfoJob`. */
    public function getInfoJob(string $id, ?CallOptions $options = null): Job
    {
        return Job::ofState($this->data(Operation::GetInfoJob, $options, ['job_id' => $id]));
    }

    /** Returns when the job has ended, however it ended. */
    public function waitForInfoJob(string $id, ?WaitOptions $options = null): Job
    {
        $options ??= new WaitOptions();
        $job = $this->waiting($options, fn (): JobSource => JobSource::info($this->sender, $id, $options->forCalls()));

        return $job instanceof Job ? $job : Job::ofState($job->raw);
    }

    /**
     * `streamInfoJob`: the events of the job until its end; resumes by itself.
     *
     * @return \Generator<int, JobEvent>
     */
    public function followInfoJob(string $id, ?CallOptions $options = null): \Generator
    {
        $options ??= new CallOptions();

        return JobSource::info($this->sender, $id, $options)->events(new Stopping($options->stopWhen));
    }
}
