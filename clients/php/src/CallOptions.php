<?php

declare(strict_types=1);

namespace VideoScraper;

/** What every call takes as its last argument. */
final readonly class CallOptions
{
    /**
     * @param float|null              $timeout        how many seconds one attempt may take; null: that of the client
     * @param int|null                $retries        how often it is repeated where that is safe; null: that of the client
     * @param array<string, string>   $headers        sent with this request
     * @param string|null             $idempotencyKey of an operation that starts a job; null: one that is made for this call
     * @param (\Closure(): bool)|null $stopWhen       is asked several times a second; true ends the call with an `Aborted`
     */
    public function __construct(
        public ?float $timeout = null,
        public ?int $retries = null,
        public array $headers = [],
        public ?string $idempotencyKey = null,
        public ?\Closure $stopWhen = null,
    ) {
    }

    /** @param array<string, string> $headers sent unless this call has its own */
    public function withDefaultHeaders(array $headers): self
    {
        return new self($this->timeout, $this->retries, $this->headers + $headers, $this->idempotencyKey, $this->stopWhen);
    }
}
