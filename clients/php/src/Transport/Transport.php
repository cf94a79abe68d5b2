<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\TimeoutError;

/** Sends one request, once. Bring your own for another network, or another kind of program. */
interface Transport
{
    /**
     * Returns when the head of the answer is there, whatever its status; redirects are not followed. `read` of its body blocks
     * until something has come.
     *
     * @throws ConnectionError|TimeoutError
     */
    public function send(RequestInterface $request, Limits $limits): ResponseInterface;

    /** Whether a body can be read while it is still coming, as a stream of events has to be. */
    public function streams(): bool;
}
