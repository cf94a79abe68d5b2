<?php

declare(strict_types=1);

namespace VideoScraper\Jobs;

use VideoScraper\Error\ConnectionError;

/**
 * Reads server-sent events (WHATWG HTML, 9.2).
 *
 * @internal
 */
final class EventStream
{
    /** Bytes. No event of the service is as long. */
    private const LONGEST_LINE = 16 * 1024 * 1024;

    /**
     * Each event as `type`, `data`, `id` (the last one that was given) and `retry` (milliseconds, or null).
     *
     * @param iterable<string> $chunks
     *
     * @return \Generator<int, array{type: string, data: string, id: string, retry: int|null}>
     */
    public static function events(iterable $chunks): \Generator
    {
        $type = $id = '';
        $data = [];
        $retry = null;
        foreach (self::lines($chunks) as $line) {
            if ($line === '') {
                if ($data !== []) {
                    yield ['type' => $type === '' ? 'message' : $type, 'data' => implode("\n", $data), 'id' => $id, 'retry' => $retry];
                }
                $type = '';
                $data = [];
                continue;
            }
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $value = str_starts_with($value, ' ') ? substr($value, 1) : $value;
            match (true) {
                $name === 'event' => $type = $value,
                $name === 'data' => $data[] = $value,
                $name === 'id' && !str_contains($value, "\0") => $id = $value,
                $name === 'retry' && preg_match('/^\d{1,9}$/D', $value) === 1 => $retry = (int) $value,
                default => null,
            };
        }
    }

    /**
     * Lines end with CR LF, LF or CR. What follows the last of them is no line: the body was cut there.
     *
     * @param iterable<string> $chunks
     *
     * @return \Generator<int, string>
     */
    private static function lines(iterable $chunks): \Generator
    {
        $rest = '';
        foreach ($chunks as $chunk) {
            // What was looked through is not looked through again.
            $looked = strlen($rest) > 0 ? strlen($rest) - 1 : 0;
            $rest .= $chunk;
            $start = 0;
            for (;;) {
                $end = $looked + strcspn($rest, "\r\n", $looked);
                // A CR at the end may be the first half of a CR LF.
                if ($end >= strlen($rest) || ($rest[$end] === "\r" && $end + 1 === strlen($rest))) {
                    break;
                }
                yield substr($rest, $start, $end - $start);
                $start = $looked = $end + (substr($rest, $end, 2) === "\r\n" ? 2 : 1);
            }
            $rest = substr($rest, $start);
            if (strlen($rest) > self::LONGEST_LINE) {
                throw new ConnectionError('A line of the stream is too long.', 'unreadable_answer');
            }
        }
    }
}
