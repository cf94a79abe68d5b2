<?php

declare(strict_types=1);

namespace VideoScraper\Error;

use VideoScraper\Api\ErrorReplyDetails;

/** Everything that this client throws. One class for each group of codes; a code that is not known goes by its status. */
abstract class VideoScraperError extends \RuntimeException
{
    /** @var string a stable word for programs; one that this version does not know is passed on. `getCode()` gives the same */
    public $code = '';

    /**
     * @param int                     $status     the HTTP status; 0 when there was no answer
     * @param bool                    $retryable  whether the same may work later
     * @param string|null             $requestId  `X-Request-Id` of the answer: name it when you report a problem
     * @param int|null                $retryAfter seconds to wait, as the service says; null when it says nothing
     * @param list<ErrorReplyDetails> $details    each problem of a request that is not valid
     */
    public function __construct(
        string $message,
        string $code,
        public readonly int $status = 0,
        public readonly bool $retryable = false,
        public readonly ?string $requestId = null,
        public readonly ?int $retryAfter = null,
        public readonly array $details = [],
        ?\Throwable $previous = null,
    ) {
        parent::__construct($message, 0, $previous);
        $this->code = $code;
    }
}
