<?php

declare(strict_types=1);

namespace VideoScraper\Jobs;

use VideoScraper\Answer;
use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\JobEvent;
use VideoScraper\Requests\Addresses;
use VideoScraper\Requests\Sender;
use VideoScraper\Requests\Stopping;

/**
 * One job of the service: its events, its state, its end.
 *
 * @internal
 */
final readonly class JobSource
{
    /** Seconds. Who stops does not want to wait for long. */
    private const CANCEL_WITHIN = 10.0;

    /** @param \Closure(array<string, mixed>): (Job|Download) $read */
    private function __construct(
        private Sender $sender,
        public string $id,
        private CallOptions $options,
        private Operation $get,
        private Operation $stream,
        private string $parameter,
        private \Closure $read,
    ) {
    }

    public static function info(Sender $sender, string $id, CallOptions $options): self
    {
        return new self($sender, $id, $options, Operation::GetInfoJob, Operation::StreamInfoJob, 'job_id', Job::ofState(...));
    }

    public static function download(Sender $sender, string $id, CallOptions $options): self
    {
        $read = Download::ofState(...);

        return new self($sender, $id, $options, Operation::GetDownload, Operation::StreamDownload, 'download_id', $read);
    }

    public function canFollow(): bool
    {
        return $this->sender->configuration->transport->streams();
    }

    /** @return \Generator<int, JobEvent> */
    public function events(Stopping $stopping): \Generator
    {
        $request = $this->request($this->stream, [$this->parameter => $this->id], $this->options);

        return (new Following($this->sender, $request, $this->read, $stopping))->events();
    }

    /**
     * The job, with an answer that is held back for at most `$seconds`, and whether it was.
     *
     * @return array{Job|Download, bool}
     */
    public function ask(int $seconds, Stopping $stopping): array
    {
        $options = $this->options->withDefaultHeaders(['Prefer' => "wait={$seconds}"]);
        $answer = $this->send($this->get, [$this->parameter => $this->id], $options, $stopping);
        $raw = is_array($answer->data) ? $answer->data : [];

        return [($this->read)($raw), $answer->response->hasHeader('Preference-Applied')];
    }

    /** Whoever stops waiting wants to know why, not that the cancel failed. */
    public function cancelQuietly(): void
    {
        try {
            $options = new CallOptions(timeout: self::CANCEL_WITHIN, headers: $this->options->headers);
            $this->send(Operation::CancelJob, ['job_id' => $this->id], $options, new Stopping());
        } catch (VideoScraperError) {
            // The reason to stop is thrown by who called.
        }
    }

    /** @param array<string, string> $path */
    private function send(Operation $operation, array $path, CallOptions $options, Stopping $stopping): Answer
    {
        return $this->sender->send($this->request($operation, $path, $options), $stopping);
    }

    /** @param array<string, string> $path */
    private function request(Operation $operation, array $path, CallOptions $options): \VideoScraper\Requests\OutgoingRequest
    {
        return Addresses::request($this->sender->configuration->baseUrl, $operation, $path, [], null, $options);
    }
}
