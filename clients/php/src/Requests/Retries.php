<?php

declare(strict_types=1);

namespace VideoScraper\Requests;

use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\TimeoutError;
use VideoScraper\Error\VideoScraperError;

/**
 * Which requests are repeated, after what, and after how long.
 *
 * @internal
 */
final class Retries
{
    public const STATUSES = [408, 429, 502, 503, 504];
    private const FIRST_WAIT = 0.5;
    private const LONGEST_WAIT = 8.0;
    /** Seconds. Who is asked to wait longer is better off with the error. */
    private const LONGEST_RETRY_AFTER = 60;

    /** Whether the same request may have another answer in a moment. */
    public static function isPassing(VideoScraperError $error): bool
    {
        return $error instanceof ConnectionError
            || $error instanceof TimeoutError
            || in_array($error->status, self::STATUSES, true)
            || $error->code === 'request_in_progress';
    }

    /** Seconds to wait before the next attempt; null for giving up. `$attempt` is the number of attempts so far. */
    public static function waitBefore(VideoScraperError $error, int $attempt): ?float
    {
        if (!self::isPassing($error) || ($error->retryAfter ?? 0) > self::LONGEST_RETRY_AFTER) {
            return null;
        }

        return ($error->retryAfter ?? 0) + self::spread(self::FIRST_WAIT * 2 ** ($attempt - 1));
    }

    /** Half of it for sure, the rest by chance, so that not all clients come back at once. */
    public static function spread(float $seconds): float
    {
        $most = min($seconds, self::LONGEST_WAIT);

        return $most / 2 + mt_rand() / mt_getrandmax() * $most / 2;
    }
}
