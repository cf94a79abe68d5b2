<?php

declare(strict_types=1);

namespace VideoScraper\Requests;

use Psr\Http\Message\ResponseInterface;
use VideoScraper\Api\ErrorReplyDetails;
use VideoScraper\Error\AuthenticationError;
use VideoScraper\Error\ConflictError;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\InvalidRequestError;
use VideoScraper\Error\NotFoundError;
use VideoScraper\Error\PermissionError;
use VideoScraper\Error\RateLimitError;
use VideoScraper\Error\ServiceError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Reading;

/**
 * The error that an answer of the service, or of a proxy before it, means.
 *
 * @internal
 */
final class AnswerErrors
{
    private const BY_STATUS = [
        401 => AuthenticationError::class,
        403 => PermissionError::class,
        404 => NotFoundError::class,
        408 => ServiceError::class,
        409 => ConflictError::class,
        429 => RateLimitError::class,
    ];
    /** The longest text that is read of an answer that is none of ours, such as a page of a proxy. */
    private const EXCERPT = 200;

    /** `$text` is the body of the answer. */
    public static function of(ResponseInterface $response, string $text): VideoScraperError
    {
        $status = $response->getStatusCode();
        $json = json_decode($text, true);
        $reply = is_array($json) ? $json : [];
        $class = self::BY_STATUS[$status] ?? self::classOfRest($status);
        // What is no text is left out.
        $excerpt = preg_match('/^.{0,'.self::EXCERPT.'}/su', $text, $found) === 1 ? $found[0] : '';

        return new $class(
            Reading::text($reply, 'error') ?? trim("The answer was {$status} without a reason. {$excerpt}"),
            Reading::text($reply, 'code') ?? "http_{$status}",
            $status,
            Reading::flag($reply, 'retryable') ?? in_array($status, Retries::STATUSES, true),
            self::requestId($response),
            self::retryAfter($response->getHeaderLine('Retry-After')),
            Reading::objects($reply, 'details', ErrorReplyDetails::from(...)) ?? [],
        );
    }

    public static function requestId(ResponseInterface $response): ?string
    {
        return $response->hasHeader('X-Request-Id') ? $response->getHeaderLine('X-Request-Id') : null;
    }

    /** @return class-string<VideoScraperError> */
    private static function classOfRest(int $status): string
    {
        return match (true) {
            $status >= 500 => ServiceError::class,
            $status >= 400 => InvalidRequestError::class,
            default => ConnectionError::class,
        };
    }

    /** Seconds, from a number or a date (RFC 9110, 10.2.3). */
    private static function retryAfter(string $header): ?int
    {
        if (preg_match('/^\d{1,9}$/D', $header) === 1) {
            return (int) $header;
        }
        $time = preg_match('/^[A-Z][a-z]{2,8}, /', $header) === 1 ? strtotime($header) : false;

        return $time === false ? null : max(0, $time - time());
    }
}
