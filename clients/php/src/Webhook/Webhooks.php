<?php

declare(strict_types=1);

namespace VideoScraper\Webhook;

use Psr\Http\Message\MessageInterface;
use VideoScraper\Error\WebhookVerificationError;

/** Verifies webhooks (Standard Webhooks 1.0). */
final class Webhooks
{
    private const MOST_SIGNATURES = 20;

    /**
     * @param string|list<string>                      $secret    `whsec_…`; several while a secret is being changed
     * @param array<string, string|list<string>>       $headers   as they came: `getallheaders()`, or `getHeaders()` of a PSR-7 message
     * @param string                                   $body      as it came: parsed and written anew it has another signature
     * @param int                                      $tolerance how many seconds the clocks may be apart
     * @param int|null                                 $now       seconds since 1970; null: the clock
     *
     * @throws WebhookVerificationError when the service did not send it, or not now
     */
    public static function verify(
        #[\SensitiveParameter] string|array $secret,
        array $headers,
        string $body,
        int $tolerance = 300,
        ?int $now = null,
    ): ReceivedWebhook {
        $known = self::known($headers);
        $timestamp = $known['webhook-timestamp'] ?? '';
        $isNumber = preg_match('/^\d{1,15}$/D', $timestamp) === 1;
        if (!$isNumber || abs(($now ?? time()) - (int) $timestamp) > $tolerance) {
            throw new WebhookVerificationError(
                'The webhook is too old or of the future. Is the clock right?',
                'timestamp_out_of_range',
            );
        }
        $id = $known['webhook-id'] ?? '';
        $signatures = array_slice(explode(' ', $known['webhook-signature'] ?? ''), 0, self::MOST_SIGNATURES);
        foreach ((array) $secret as $each) {
            if (self::isSignedWith($each, "{$id}.{$timestamp}.{$body}", $signatures)) {
                return self::received($id, $body);
            }
        }
        throw new WebhookVerificationError(
            'The signature is not valid. Is it the secret of this webhook?',
            'signature_invalid',
        );
    }

    /**
     * The same for a PSR-7 request.
     *
     * @param string|list<string> $secret
     *
     * @throws WebhookVerificationError
     */
    public static function verifyMessage(#[\SensitiveParameter] string|array $secret, MessageInterface $message): ReceivedWebhook
    {
        return self::verify($secret, $message->getHeaders(), (string) $message->getBody());
    }

    /** @param list<string> $signatures */
    private static function isSignedWith(#[\SensitiveParameter] string $secret, string $signed, array $signatures): bool
    {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret) ?? '', true);
        if ($key === false || $key === '') {
            throw new WebhookVerificationError('The secret is not valid: whsec_ and base64.', 'secret_invalid');
        }
        $expected = hash_hmac('sha256', $signed, $key, true);
        foreach ($signatures as $each) {
            $given = str_starts_with($each, 'v1,') ? base64_decode(substr($each, 3), true) : false;
            if ($given !== false && hash_equals($expected, $given)) {
                return true;
            }
        }

        return false;
    }

    /**
     * By lower-case names. A header that came twice is none.
     *
     * @param array<string, string|list<string>> $headers
     *
     * @return array<string, string>
     */
    private static function known(array $headers): array
    {
        $known = [];
        foreach ($headers as $name => $value) {
            $values = (array) $value;
            $known[strtolower((string) $name)] = count($values) === 1 ? (string) reset($values) : '';
        }

        return $known;
    }

    private static function received(string $id, string $body): ReceivedWebhook
    {
        $raw = json_decode($body, true);
        if (!is_array($raw)) {
            throw new WebhookVerificationError('The body is no JSON.', 'body_invalid');
        }

        return new ReceivedWebhook($id, $raw);
    }
}
