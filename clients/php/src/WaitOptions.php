<?php

declare(strict_types=1);

namespace VideoScraper;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;
use VideoScraper\Api\PlaylistEntry;

/** What the calls that wait take. */
final readonly class WaitOptions
{
    /**
     * @param float|null                               $deadline       how many seconds the whole call may take, then a `DeadlineError`; null: for ever
     * @param (\Closure(Job|Download): mixed)|null $onProgress     is given the job whenever it is seen, the end included; what it throws is thrown by the call
     * @param (\Closure(): bool)|null                  $stopWhen       is asked several times a second; true ends the call with an `Aborted`
     * @param bool                                     $cancelOnStop   cancels the job when `stopWhen` or the deadline ends the call
     * @param string|null                              $idempotencyKey of the start; null: one that is made for this call
     * @param int|null                                 $retries        how often a request is repeated; null: as the client does
     * @param array<string, string>                    $headers        sent with each request
     * @param (\Closure(PlaylistEntry): mixed)|null    $onEntry        of `playlist`: is given each entry that has ended, once, soon after its end, and the last ones before the call returns; what it throws is thrown by the call
     */
    public function __construct(
        public ?float $deadline = null,
        public ?\Closure $onProgress = null,
        public ?\Closure $stopWhen = null,
        public bool $cancelOnStop = false,
        public ?string $idempotencyKey = null,
        public ?int $retries = null,
        public array $headers = [],
        public ?\Closure $onEntry = null,
    ) {
    }

    public function forCalls(): CallOptions
    {
        return new CallOptions(retries: $this->retries, headers: $this->headers, idempotencyKey: $this->idempotencyKey);
    }
}
