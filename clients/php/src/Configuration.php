<?php

declare(strict_types=1);

namespace VideoScraper;

use Psr\Http\Message\RequestFactoryInterface;
use Psr\Http\Message\StreamFactoryInterface;
use Psr\Log\LoggerInterface;
use VideoScraper\Error\UsageError;
use VideoScraper\Transport\Transport;

/**
 * What a client is set up with: its arguments, the environment, and the defaults. Nothing is global.
 *
 * @internal
 */
final readonly class Configuration
{
    private const DEFAULT_URL = 'http://localhost:5501';

    /** Null: none is sent. */
    public ?string $apiKey;
    /** Without a slash at its end, and without `/api/video-scraper`. */
    public string $baseUrl;

    /**
     * @param array<string, string> $headers
     *
     * @throws UsageError for what cannot work, without saying the key
     */
    public function __construct(
        ?string $baseUrl,
        #[\SensitiveParameter] ?string $apiKey,
        public float $timeout,
        public float $idleTimeout,
        public int $retries,
        public array $headers,
        public LoggerInterface $logger,
        public Transport $transport,
        public RequestFactoryInterface $requests,
        public StreamFactoryInterface $streams,
    ) {
        $this->apiKey = self::keyOf($apiKey ?? self::environment('VIDEO_SCRAPER_API_KEY'));
        $this->baseUrl = self::baseOf($baseUrl ?? (self::environment('VIDEO_SCRAPER_URL') ?: self::DEFAULT_URL));
        if ($timeout <= 0 || $idleTimeout <= 0 || $retries < 0) {
            throw new UsageError('Time-outs must be above 0 seconds, and retries not below 0.', 'invalid_argument');
        }
    }

    /** @return array<string, mixed> for `var_dump`: the key is not in it */
    public function __debugInfo(): array
    {
        return ['baseUrl' => $this->baseUrl, 'apiKey' => $this->apiKey === null ? null : '(set)', 'retries' => $this->retries];
    }

    private static function keyOf(#[\SensitiveParameter] string $key): ?string
    {
        if ($key === '') {
            return null;
        }
        if (preg_match('/^[\x21-\x7e]+$/D', $key) !== 1) {
            throw new UsageError('The API key holds blanks, or letters that no key has. Copy it again.', 'invalid_key');
        }

        return $key;
    }

    private static function baseOf(string $text): string
    {
        $isPlain = preg_match('#^https?://[^/?\#@\s]+(/[^?\#\s]*)?$#iD', $text) === 1 && parse_url($text) !== false;
        if (!$isPlain) {
            throw new UsageError(
                'The base URL must be an absolute http or https address without credentials.',
                'invalid_base_url',
            );
        }

        return preg_replace('#/api/video-scraper$#', '', rtrim($text, '/')) ?? $text;
    }

    private static function environment(string $name): string
    {
        $value = $_SERVER[$name] ?? getenv($name);

        return is_string($value) ? $value : '';
    }
}
