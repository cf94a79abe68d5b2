<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use Psr\Http\Message\ResponseInterface;
use VideoScraper\Api\Operation;
use VideoScraper\Api\TranscriptAccepted;
use VideoScraper\Api\TranscriptBatchAccepted;
use VideoScraper\Api\TranscriptFields;
use VideoScraper\Api\TranscriptForm;
use VideoScraper\Api\TranscriptJobCompleted;
use VideoScraper\CallOptions;
use VideoScraper\Error\JobCancelledError;
use VideoScraper\Error\JobFailedError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Fields;
use VideoScraper\Jobs\JobSource;
use VideoScraper\Jobs\Outcome;
use VideoScraper\WaitOptions;

/** What is said in videos. */
trait TranscriptMethods
{
    /**
     * What is said in the video at `$url`, by its captions, once it was read. A long transcript has no `segments`: `fetchTranscript`
     * gets it in any form.
     *
     * @param TranscriptFields|array<string, mixed> $fields an array in the words of the API
     *
     * @throws JobFailedError|JobCancelledError when the job ends otherwise
     * @throws VideoScraperError
     */
    public function transcript(
        string $url,
        TranscriptFields|array $fields = [],
        ?WaitOptions $options = null,
    ): TranscriptJobCompleted {
        $options ??= new WaitOptions();
        $job = $this->waiting($options, function (CallOptions $starting) use ($url, $fields, $options): JobSource {
            $id = $this->startTranscript($url, $fields, $starting)->jobId;

            return JobSource::info($this->sender, $id, $options->forCalls());
        });
        Outcome::throwUnlessCompleted($job);

        // A state that nobody has heard of is given as it is.
        return $job instanceof TranscriptJobCompleted ? $job : TranscriptJobCompleted::from($job->raw);
    }

    /**
     * `createTranscript`. The job is asked for, awaited and followed as an info job is.
     *
     * @param TranscriptFields|array<string, mixed> $fields
     */
    public function startTranscript(
        string $url,
        TranscriptFields|array $fields = [],
        ?CallOptions $options = null,
    ): TranscriptAccepted {
        $body = Fields::forAddresses(['url' => $url], $fields);

        return TranscriptAccepted::from($this->data(Operation::CreateTranscript, $options, body: $body));
    }

    /**
     * `createTranscript` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused.
     *
     * @param list<string>                          $urls
     * @param TranscriptFields|array<string, mixed> $fields
     */
    public function startTranscripts(
        array $urls,
        TranscriptFields|array $fields = [],
        ?CallOptions $options = null,
    ): TranscriptBatchAccepted {
        $body = Fields::forAddresses(['urls' => $urls], $fields);

        return TranscriptBatchAccepted::from($this->data(Operation::CreateTranscript, $options, body: $body));
    }

    /**
     * `fetchTranscript`: returns the answer once its head is there; its body is read while it comes. Null: as `Accept` of the
     * headers says, or JSON.
     */
    public function fetchTranscript(
        string $id,
        TranscriptForm|string|null $format = null,
        ?CallOptions $options = null,
    ): ResponseInterface {
        $query = ['format' => $format];

        return $this->sending(Operation::FetchTranscript, ['job_id' => $id], $query, null, $options, true)->response;
    }

    /** `fetchTranscript`: the whole transcript as text in one of its forms. */
    public function getTranscriptText(
        string $id,
        TranscriptForm|string $format = TranscriptForm::Text,
        ?CallOptions $options = null,
    ): string {
        return (string) $this->fetchTranscript($id, $format, $options)->getBody();
    }
}
