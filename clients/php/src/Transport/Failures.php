<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

use Psr\Http\Message\UriInterface;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\TimeoutError;

/**
 * The errors of connections.
 *
 * @internal
 */
final class Failures
{
    /** @param string $reason for people; no query and no key is in it */
    public static function unreachable(UriInterface|string $url, string $reason, ?\Throwable $previous = null): ConnectionError
    {
        return new ConnectionError(
            self::origin((string) $url).' could not be reached, or the connection broke off: '.$reason.'.',
            'connection_failed',
            retryable: true,
            previous: $previous,
        );
    }

    public static function timedOut(float $seconds): TimeoutError
    {
        return new TimeoutError('Nothing came within '.round($seconds, 1).' seconds.', 'timed_out', retryable: true);
    }

    private static function origin(string $url): string
    {
        return preg_match('#^[a-z]+://[^/?\#]*#i', $url, $found) === 1 ? $found[0] : 'The service';
    }
}
