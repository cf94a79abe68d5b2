<?php

declare(strict_types=1);

namespace VideoScraper;

use Psr\Http\Message\ResponseInterface;

/** An answer of the service, with its status and its headers. */
final readonly class Answer
{
    /**
     * @param mixed             $data      the JSON of the body as arrays; null where there is no body, or it was not read
     * @param ResponseInterface $response  its body is read to the end where `data` has it
     * @param string|null       $requestId name it when you report a problem
     * @param int               $attempts  1 when the first attempt was answered
     */
    public function __construct(
        public mixed $data,
        public int $status,
        public ResponseInterface $response,
        public ?string $requestId,
        public int $attempts,
    ) {
    }
}
