<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

use Psr\Http\Message\RequestInterface;
use VideoScraper\Requests\Stopping;

/**
 * One request on its way through curl. It moves on only while somebody waits for it, so that no more is kept than was asked for.
 *
 * @internal
 */
final class CurlTransfer
{
    private const LONGEST_NAP = 0.1;

    private ?\CurlHandle $handle;
    /** @var list<string> */
    private array $lines = [];
    /** @var array{string, int, string, list<array{string, string}>}|null */
    private ?array $head = null;
    private string $buffer = '';
    private ?int $result = null;

    /**
     * @param array<int, mixed>  $options
     * @param \Closure(): void   $giveBack is called when the connection may be used again
     */
    public function __construct(
        private readonly \CurlMultiHandle $multi,
        private readonly RequestInterface $request,
        private readonly Limits $limits,
        array $options,
        private readonly \Closure $giveBack,
    ) {
        $handle = curl_init();
        curl_setopt_array($handle, $this->settings() + $options);
        curl_multi_add_handle($multi, $handle);
        $this->handle = $handle;
    }

    /** @return array{string, int, string, list<array{string, string}>} version, status, reason, headers */
    public function head(): array
    {
        $this->until(fn (): bool => $this->head !== null, $this->limits->timeout);

        return $this->head ?? throw Failures::unreachable($this->request->getUri(), 'there was no answer');
    }

    /** The next bytes, at most `$length`; empty at the end of the body. */
    public function read(int $length): string
    {
        if ($this->buffer === '') {
            $this->until(fn (): bool => $this->buffer !== '', $this->limits->idleTimeout);
        }
        $chunk = substr($this->buffer, 0, $length);
        $this->buffer = substr($this->buffer, strlen($chunk));

        return $chunk;
    }

    public function isAtEnd(): bool
    {
        return $this->buffer === '' && ($this->result !== null || $this->handle === null);
    }

    /** Ends the connection unless the answer has been read to its end. */
    public function close(): void
    {
        if ($this->handle === null) {
            return;
        }
        curl_multi_remove_handle($this->multi, $this->handle);
        $this->handle = null;
        ($this->giveBack)();
    }

    /** @param \Closure(): bool $isThere */
    private function until(\Closure $isThere, float $seconds): void
    {
        $latest = Stopping::now() + $seconds;
        while ($this->handle !== null && $this->result === null) {
            ($this->limits->check)();
            curl_multi_exec($this->multi, $running);
            $this->noteResult();
            if ($isThere() || $this->result !== null) {
                break;
            }
            $left = $latest - Stopping::now();
            if ($left <= 0) {
                throw Failures::timedOut($seconds);
            }
            // Minus one comes when a signal has arrived, which `check` may have to know.
            curl_multi_select($this->multi, min($left, self::LONGEST_NAP));
        }
        if (!$isThere() && $this->result !== null && $this->result !== CURLE_OK) {
            throw Failures::unreachable($this->request->getUri(), lcfirst(curl_strerror($this->result) ?? 'no reason was given'));
        }
    }

    private function noteResult(): void
    {
        while (($message = curl_multi_info_read($this->multi)) !== false) {
            if ($message['handle'] === $this->handle) {
                $this->result = $message['result'];
            }
        }
    }

    /** @return array<int, mixed> */
    private function settings(): array
    {
        $headers = ['Expect:'];
        foreach ($this->request->getHeaders() as $name => $values) {
            $headers[] = $name.': '.implode(', ', $values);
        }
        $body = (string) $this->request->getBody();

        return [
            CURLOPT_URL => (string) $this->request->getUri(),
            CURLOPT_CUSTOMREQUEST => $this->request->getMethod(),
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_NOBODY => $this->request->getMethod() === 'HEAD',
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_NOSIGNAL => true,
            CURLOPT_SUPPRESS_CONNECT_HEADERS => true,
            CURLOPT_CONNECTTIMEOUT_MS => max(1, (int) ($this->limits->timeout * 1000)),
            // curl sends again by itself what breaks off on a connection that was used before. Only who calls decides on that.
            CURLOPT_FRESH_CONNECT => $this->request->getMethod() !== 'GET',
            CURLOPT_HEADERFUNCTION => fn ($handle, string $line): int => $this->takeLine($line),
            CURLOPT_WRITEFUNCTION => function ($handle, string $chunk): int {
                $this->buffer .= $chunk;

                return strlen($chunk);
            },
        ] + ($body === '' ? [] : [CURLOPT_POSTFIELDS => $body]);
    }

    private function takeLine(string $line): int
    {
        $text = rtrim($line, "\r\n");
        if ($text !== '') {
            $this->lines[] = $text;
        } elseif ($this->head === null) {
            $this->takeHead();
        }

        return strlen($line);
    }

    private function takeHead(): void
    {
        [$first, $others] = [$this->lines[0] ?? '', array_slice($this->lines, 1)];
        $this->lines = [];
        // An answer before the answer (1xx) says nothing yet.
        if (preg_match('#^HTTP/([\d.]+) ([2-9]\d\d) ?(.*)$#', $first, $found) !== 1) {
            return;
        }
        $headers = [];
        foreach ($others as $other) {
            [$name, $value] = explode(':', $other, 2) + [1 => ''];
            $headers[] = [trim($name), trim($value)];
        }
        $this->head = [$found[1], (int) $found[2], $found[3], $headers];
    }
}
