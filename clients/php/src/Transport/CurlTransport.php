<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseFactoryInterface;
use Psr\Http\Message\ResponseInterface;
use VideoScraper\Error\UsageError;

/** The usual transport: curl, with bodies that are read while they come, and time-outs everywhere. */
final class CurlTransport implements Transport
{
    /** @var list<\CurlMultiHandle> with connections that can be used again */
    private array $free = [];

    /**
     * @param array<int, mixed> $options further options of curl (`CURLOPT_…`), such as CURLOPT_PROXY and CURLOPT_CAINFO. Without
     *                                   CURLOPT_PROXY, curl heeds the environment: `https_proxy`, `http_proxy`, `no_proxy`
     *
     * @throws UsageError without the extension curl
     */
    public function __construct(private readonly ResponseFactoryInterface $responses, private readonly array $options = [])
    {
        if (!extension_loaded('curl')) {
            throw new UsageError('Install the PHP extension curl, or give the client another transport.', 'transport_missing');
        }
    }

    public function streams(): bool
    {
        return true;
    }

    public function send(RequestInterface $request, Limits $limits): ResponseInterface
    {
        $multi = array_pop($this->free) ?? curl_multi_init();
        $giveBack = function () use ($multi): void {
            $this->free[] = $multi;
        };
        $transfer = new CurlTransfer($multi, $request, $limits, $this->options, $giveBack);
        try {
            [$version, $status, $reason, $headers] = $transfer->head();
        } catch (\Throwable $error) {
            $transfer->close();
            throw $error;
        }
        $response = $this->responses->createResponse($status, $reason)->withProtocolVersion($version);
        foreach ($headers as [$name, $value]) {
            $response = $response->withAddedHeader($name, $value);
        }

        return $response->withBody(new CurlBody($transfer));
    }
}
