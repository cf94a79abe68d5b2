<?php

declare(strict_types=1);

namespace VideoScraper\Jobs;

use Psr\Http\Message\ResponseInterface;
use Psr\Log\LogLevel;
use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\ServiceError;
use VideoScraper\Error\TimeoutError;
use VideoScraper\JobEvent;
use VideoScraper\Requests\Body;
use VideoScraper\Requests\OutgoingRequest;
use VideoScraper\Requests\Retries;
use VideoScraper\Requests\Sender;
use VideoScraper\Requests\Stopping;

/**
 * Follows the events of a job, and comes back by itself where a stream broke off.
 *
 * @internal
 */
final class Following
{
    /** So many streams in a row may break off without an event. */
    private const BARREN_STREAMS = 5;
    private const FIRST_WAIT = 0.5;

    private ?string $lastEventId = null;
    private float $wait = self::FIRST_WAIT;
    /** How many streams in a row have brought nothing. */
    private int $barren = 0;

    /** @param \Closure(array<string, mixed>): (Job|Download) $read */
    public function __construct(
        private readonly Sender $sender,
        private readonly OutgoingRequest $request,
        private readonly \Closure $read,
        private readonly Stopping $stopping,
    ) {
    }

    /**
     * Ends after the `end`. Throws a `ConnectionError` or a `TimeoutError` when no stream brings anything any more, and at once
     * when the answer is no stream of events.
     *
     * @return \Generator<int, JobEvent>
     */
    public function events(): \Generator
    {
        for (;;) {
            $response = $this->open();
            // The service says that the end was seen.
            if ($response->getStatusCode() === 204) {
                return;
            }
            try {
                foreach ($this->eventsOf($response) as $event) {
                    yield $event;
                    if ($event->type === 'end') {
                        return;
                    }
                }
            } catch (ConnectionError|TimeoutError) {
                // It is opened again below.
            }
            $this->stopping->check();
            ++$this->barren;
            if ($this->barren > self::BARREN_STREAMS) {
                throw new ConnectionError('The stream of events broke off too often.', 'connection_failed', retryable: true);
            }
            $facts = ['event' => 'stream_resumed', 'attempt' => $this->barren];
            $this->sender->note(LogLevel::INFO, 'is followed again', $this->request, $facts);
            $this->stopping->pause($this->barren === 1 ? $this->wait : Retries::spread($this->wait * 2 ** $this->barren));
        }
    }

    private function open(): ResponseInterface
    {
        $last = $this->lastEventId === null ? [] : ['Last-Event-ID' => $this->lastEventId];
        $request = $this->request->with($last + ['Accept' => 'text/event-stream'], isUnread: true);

        return $this->sender->send($request, $this->stopping)->response;
    }

    /** @return \Generator<int, JobEvent> */
    private function eventsOf(ResponseInterface $response): \Generator
    {
        if (!str_starts_with($response->getHeaderLine('Content-Type'), 'text/event-stream')) {
            $response->getBody()->close();
            throw new ServiceError('The answer is no stream of events.', 'no_event_stream', retryable: true);
        }
        $idle = $this->sender->configuration->idleTimeout;
        $chunks = Body::chunks($response, $this->request->url, $this->stopping, $idle);
        foreach (EventStream::events($chunks) as ['type' => $type, 'data' => $data, 'id' => $id, 'retry' => $retry]) {
            $this->barren = 0;
            $this->wait = $retry === null ? $this->wait : $retry / 1000;
            $this->lastEventId = $id === '' ? $this->lastEventId : $id;
            $raw = json_decode($data, true);
            // What is no JSON cannot be of this service.
            if (is_array($raw)) {
                $isKnown = $type === 'snapshot' || $type === 'end';
                yield new JobEvent($type, $id, $isKnown ? ($this->read)($raw) : null, $raw);
            }
        }
    }
}
