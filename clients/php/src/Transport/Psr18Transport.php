<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

use Psr\Http\Client\ClientExceptionInterface;
use Psr\Http\Client\ClientInterface;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;
use VideoScraper\Requests\Stopping;

/**
 * Any PSR-18 client. Its time-outs are its own: PSR-18 has no word for them. Set it up so that it waits for no answer for ever. What
 * ends a call, a deadline or `stopWhen`, is heeded once that client gives something back.
 */
final readonly class Psr18Transport implements Transport
{
    /**
     * @param bool $streams whether it gives bodies that are still coming, as Guzzle does with `['stream' => true]`. Without that,
     *                      the calls that wait follow no events, and ask with `Prefer: wait`
     */
    public function __construct(private ClientInterface $client, private bool $streams = false)
    {
    }

    public function streams(): bool
    {
        return $this->streams;
    }

    public function send(RequestInterface $request, Limits $limits): ResponseInterface
    {
        ($limits->check)();
        $startedAt = Stopping::now();
        try {
            return $this->client->sendRequest($request);
        } catch (ClientExceptionInterface $cause) {
            ($limits->check)();
            // PSR-18 has no error for it. Whoever gives up when the time is over gives up since it is over.
            if (Stopping::now() - $startedAt >= $limits->timeout) {
                throw Failures::timedOut($limits->timeout);
            }
            // Messages of clients hold addresses, and those hold signatures.
            throw Failures::unreachable($request->getUri(), 'the HTTP client had no answer', $cause);
        }
    }
}
