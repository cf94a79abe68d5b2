<?php

declare(strict_types=1);

namespace VideoScraper\Requests;

use Psr\Http\Message\ResponseInterface;
use Psr\Http\Message\StreamInterface;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Transport\Failures;

/**
 * Reads a body that may hang or break off, of whatever transport.
 *
 * @internal
 */
final class Body
{
    private const CHUNK = 65536;
    /** Bytes. No answer that is read at once is as long. */
    private const LONGEST_TEXT = 64 * 1024 * 1024;
    /** Seconds between two looks at a body that gives nothing and does not wait. */
    private const NAP = 0.01;

    /**
     * Chunk by chunk. Whoever stops reading closes the connection.
     *
     * @return \Generator<int, string, void, void>
     */
    public static function chunks(ResponseInterface $response, string $url, Stopping $stopping, float $idle): \Generator
    {
        $body = $response->getBody();
        $left = self::lengthOf($response);
        try {
            while (($chunk = self::next($body, $url, $stopping, $idle)) !== '') {
                $left = $left === null ? null : $left - strlen($chunk);
                yield $chunk;
            }
        } finally {
            $body->close();
        }
        // Some transports take a connection that broke off for the end of the body.
        if ($left !== null && $left > 0) {
            throw Failures::unreachable($url, 'the answer broke off');
        }
    }

    /** The whole body, within `$seconds`. */
    public static function text(ResponseInterface $response, string $url, Stopping $stopping, float $seconds): string
    {
        $latest = Stopping::now() + $seconds;
        $text = '';
        foreach (self::chunks($response, $url, $stopping, $seconds) as $chunk) {
            $text .= $chunk;
            if (Stopping::now() > $latest) {
                throw Failures::timedOut($seconds);
            }
            if (strlen($text) > self::LONGEST_TEXT) {
                throw new ConnectionError('The answer is too long.', 'unreadable_answer');
            }
        }

        return $text;
    }

    /** Empty at the end. */
    private static function next(StreamInterface $body, string $url, Stopping $stopping, float $idle): string
    {
        $latest = Stopping::now() + $idle;
        try {
            while (!$body->eof()) {
                $stopping->check();
                $chunk = $body->read(self::CHUNK);
                if ($chunk !== '') {
                    return $chunk;
                }
                if ($body->getMetadata('timed_out') === true || Stopping::now() > $latest) {
                    throw Failures::timedOut($idle);
                }
                if (!$body->eof()) {
                    $stopping->pause(self::NAP);
                }
            }
        } catch (VideoScraperError $error) {
            throw $error;
        } catch (\RuntimeException $cause) {
            throw Failures::unreachable($url, 'the answer broke off', $cause);
        }

        return '';
    }

    private static function lengthOf(ResponseInterface $response): ?int
    {
        $length = $response->getHeaderLine('Content-Length');

        return preg_match('/^\d{1,18}$/D', $length) === 1 && !$response->hasHeader('Content-Encoding') ? (int) $length : null;
    }
}
