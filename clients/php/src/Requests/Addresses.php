<?php

declare(strict_types=1);

namespace VideoScraper\Requests;

use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Error\UsageError;

/**
 * Any operation of the API by its name: how its address is made, and whether it may be repeated.
 *
 * @internal
 */
final class Addresses
{
    /**
     * @param array<string, string> $path
     * @param array<string, mixed>  $query what is null is left out
     */
    public static function request(
        string $baseUrl,
        Operation $operation,
        array $path,
        array $query,
        mixed $body,
        CallOptions $options,
    ): OutgoingRequest {
        $method = $operation->method();
        $headers = $operation->isKeyed() ? ['Idempotency-Key' => $options->idempotencyKey ?? bin2hex(random_bytes(16))] : [];

        return new OutgoingRequest(
            $method,
            $baseUrl.self::filled($operation->path(), $path).self::queryText($query),
            $body,
            $headers,
            // GET and DELETE do no harm when they are repeated, nor does a POST with a key, which gives the same job. Everything
            // else is sent once: nobody knows what became of a request without an answer.
            $method === 'GET' || $method === 'DELETE' || $operation->isKeyed(),
            $options,
        );
    }

    /** @param array<string, string> $values */
    private static function filled(string $template, array $values): string
    {
        return (string) preg_replace_callback('/\{(\w+)\}/', static function (array $found) use ($values): string {
            $value = $values[$found[1]] ?? '';
            // A dot alone would be taken for a folder.
            if (preg_match('/^\.{0,2}$/D', $value) === 1) {
                throw new UsageError("{$found[1]} is missing, or cannot be one.", 'invalid_argument');
            }

            return rawurlencode($value);
        }, $template);
    }

    /** @param array<string, mixed> $query */
    private static function queryText(array $query): string
    {
        $texts = array_map(self::queryValue(...), $query);
        $text = http_build_query($texts, '', '&', PHP_QUERY_RFC3986);

        return $text === '' ? '' : '?'.$text;
    }

    private static function queryValue(mixed $value): mixed
    {
        return match (true) {
            $value instanceof \BackedEnum => $value->value,
            is_bool($value) => $value ? 'true' : 'false',
            default => $value,
        };
    }
}
