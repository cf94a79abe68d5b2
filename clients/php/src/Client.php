<?php

declare(strict_types=1);

namespace VideoScraper;

use Psr\Http\Client\ClientInterface;
use Psr\Http\Message\RequestFactoryInterface;
use Psr\Http\Message\StreamFactoryInterface;
use Psr\Log\LoggerInterface;
use Psr\Log\NullLogger;
use VideoScraper\Api\Operation;
use VideoScraper\Error\NotFoundError;
use VideoScraper\Error\UsageError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Requests\Addresses;
use VideoScraper\Requests\OutgoingRequest;
use VideoScraper\Requests\Sender;
use VideoScraper\Requests\Stopping;
use VideoScraper\Transport\CurlTransport;
use VideoScraper\Transport\Factories;
use VideoScraper\Transport\Psr18Transport;
use VideoScraper\Transport\Transport;

/** The client: a method for each operation, and calls that wait by themselves. */
final readonly class Client
{
    use Methods\CookieMethods;
    use Methods\DownloadMethods;
    use Methods\FileMethods;
    use Methods\InformationMethods;
    use Methods\JobMethods;
    use Methods\KeyMethods;
    use Methods\PlaylistMethods;
    use Methods\ServiceMethods;
    use Methods\TranscriptMethods;
    use Methods\WaitMethods;
    use Methods\WebhookMethods;

    private Sender $sender;

    /**
     * Connects to nothing.
     *
     * @param string|null                    $baseUrl        where the service is, with or without `/api/video-scraper`; null: `VIDEO_SCRAPER_URL`, else `http://localhost:5501`
     * @param string|null                    $apiKey         null: `VIDEO_SCRAPER_API_KEY`; empty: none, whatever the environment says
     * @param float                          $timeout        how many seconds one attempt may take, until its answer is there
     * @param float                          $idleTimeout    how many seconds nothing may come of a body; the service says something every 15 s
     * @param int                            $retries        how often a request is repeated that can safely be; 0 for never
     * @param array<string, string>          $headers        sent with each request
     * @param LoggerInterface|null           $logger         is notified of each answer, failure and repeat; keys, queries and bodies are not in it
     * @param Transport|ClientInterface|null $http           null: curl. A PSR-18 client is taken for one that gives whole bodies only; see `Psr18Transport`
     * @param RequestFactoryInterface|null   $requestFactory null: that of nyholm/psr7 or guzzlehttp/psr7, whichever is installed
     * @param StreamFactoryInterface|null    $streamFactory  null: the same
     *
     * @throws UsageError for what cannot work
     */
    public function __construct(
        ?string $baseUrl = null,
        #[\SensitiveParameter] ?string $apiKey = null,
        float $timeout = 30.0,
        float $idleTimeout = 45.0,
        int $retries = 4,
        array $headers = [],
        ?LoggerInterface $logger = null,
        Transport|ClientInterface|null $http = null,
        ?RequestFactoryInterface $requestFactory = null,
        ?StreamFactoryInterface $streamFactory = null,
    ) {
        $transport = match (true) {
            $http instanceof Transport => $http,
            $http instanceof ClientInterface => new Psr18Transport($http),
            default => new CurlTransport(Factories::installed()),
        };
        $this->sender = new Sender(new Configuration(
            $baseUrl,
            $apiKey,
            $timeout,
            $idleTimeout,
            $retries,
            $headers,
            $logger ?? new NullLogger(),
            $transport,
            $requestFactory ?? Factories::installed(),
            $streamFactory ?? Factories::installed(),
        ));
    }

    /**
     * Any operation by its `operationId`, with the status and the headers of its answer.
     *
     * @param array<string, string>    $path  what stands in braces in the address
     * @param array<string, mixed>     $query
     * @param Fields|array<mixed>|null $body
     *
     * @throws VideoScraperError
     */
    public function call(
        Operation $operation,
        array $path = [],
        array $query = [],
        Fields|array|null $body = null,
        ?CallOptions $options = null,
    ): Answer {
        return $this->sending($operation, $path, $query, $body, $options);
    }

    /**
     * A request that this version does not know. Only GET is repeated.
     *
     * @param string                   $path begins with `/`, and may hold a query
     * @param Fields|array<mixed>|null $body
     *
     * @throws VideoScraperError
     */
    public function request(string $method, string $path, Fields|array|null $body = null, ?CallOptions $options = null): Answer
    {
        if (!str_starts_with($path, '/')) {
            throw new UsageError('The path must begin with a slash.', 'invalid_argument');
        }
        $options ??= new CallOptions();
        $url = $this->sender->configuration->baseUrl.$path;
        $request = new OutgoingRequest(strtoupper($method), $url, $body, [], strtoupper($method) === 'GET', $options);

        return $this->sender->send($request, new Stopping($options->stopWhen));
    }

    /**
     * @param array<string, string>                    $path
     * @param array<string, mixed>                     $query
     * @param Fields|array<mixed>|null                 $body
     * @param (\Closure(VideoScraperError): void)|null $onRepeat
     */
    private function sending(
        Operation $operation,
        array $path = [],
        array $query = [],
        Fields|array|null $body = null,
        ?CallOptions $options = null,
        bool $isUnread = false,
        ?\Closure $onRepeat = null,
    ): Answer {
        $options ??= new CallOptions();
        $request = Addresses::request($this->sender->configuration->baseUrl, $operation, $path, $query, $body, $options);
        $sent = $isUnread ? $request->with(['Accept' => '*/*'], isUnread: true) : $request;

        return $this->sender->send($sent, new Stopping($options->stopWhen), $onRepeat);
    }

    /**
     * The JSON of the answer.
     *
     * @param array<string, string>    $path
     * @param array<string, mixed>     $query
     * @param Fields|array<mixed>|null $body
     *
     * @return array<mixed>
     */
    private function data(
        Operation $operation,
        ?CallOptions $options,
        array $path = [],
        array $query = [],
        Fields|array|null $body = null,
    ): array {
        $data = $this->sending($operation, $path, $query, $body, $options)->data;

        return is_array($data) ? $data : [];
    }

    /**
     * Returns also when a repeat finds nothing, since the attempt before has removed it.
     *
     * @param array<string, string> $path
     */
    private function removing(Operation $operation, array $path, ?CallOptions $options): void
    {
        $isLost = false;
        $onRepeat = static function (VideoScraperError $error) use (&$isLost): void {
            $isLost = $isLost || $error->status === 0;
        };
        try {
            $this->sending($operation, $path, options: $options, onRepeat: $onRepeat);
        } catch (NotFoundError $error) {
            if (!$isLost) {
                throw $error;
            }
        }
    }
}
