<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Jobs\EventStream;

/** Server-sent events are read as they are meant, however they are cut into pieces. */
final class EventStreamTest extends TestCase
{
    private const STREAM = ": hello\nretry: 1500\nid: 1\nevent: snapshot\ndata: {\ndata: }\n\r\nid: 2\rdata:x\r\rid: a\0b\ndata\n\nevent: cut";

    public function testItReadsEventsHoweverTheyAreCut(): void
    {
        $expected = [
            ['type' => 'snapshot', 'data' => "{\n}", 'id' => '1', 'retry' => 1500],
            ['type' => 'message', 'data' => 'x', 'id' => '2', 'retry' => 1500],
            ['type' => 'message', 'data' => '', 'id' => '2', 'retry' => 1500],
        ];
        foreach ([1, 2, 3, 7, 1000] as $size) {
            $events = iterator_to_array(EventStream::events(str_split(self::STREAM, $size)), false);
            self::assertSame($expected, $events, "in pieces of {$size}");
        }
    }

    public function testALineWithoutEndIsNotKeptForEver(): void
    {
        $endless = (static function (): Generator {
            for (;;) {
                yield str_repeat('x', 1 << 20);
            }
        })();
        $this->expectException(ConnectionError::class);
        iterator_to_array(EventStream::events($endless));
    }
}
