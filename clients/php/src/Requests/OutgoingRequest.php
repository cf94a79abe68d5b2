<?php

declare(strict_types=1);

namespace VideoScraper\Requests;

use VideoScraper\CallOptions;

/**
 * One request, however often it is sent.
 *
 * @internal
 */
final readonly class OutgoingRequest
{
    /**
     * @param string                $url          absolute
     * @param mixed                 $body         is sent as JSON; null for none
     * @param array<string, string> $headers
     * @param bool                  $isRepeatable whether it does no harm when it arrives twice
     * @param bool                  $isUnread     the body of the answer is a stream or a file, and left to the caller
     */
    public function __construct(
        public string $method,
        public string $url,
        public mixed $body,
        public array $headers,
        public bool $isRepeatable,
        public CallOptions $options,
        public bool $isUnread = false,
    ) {
    }

    /** @param array<string, string> $headers */
    public function with(array $headers, bool $isUnread): self
    {
        return new self(
            $this->method,
            $this->url,
            $this->body,
            $headers + $this->headers,
            $this->isRepeatable,
            $this->options,
            $isUnread,
        );
    }

    /** Queries are left out where people read it: signatures and tokens are in them. */
    public function plainUrl(): string
    {
        return preg_replace('/\?.*$/s', '', $this->url) ?? '';
    }
}
