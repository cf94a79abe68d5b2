<?php

declare(strict_types=1);

use Nyholm\Psr7\Factory\Psr17Factory;
use PHPUnit\Framework\TestCase;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Client;
use VideoScraper\Error\Aborted;
use VideoScraper\Error\TimeoutError;
use VideoScraper\Transport\CurlTransport;

/** The usual transport goes by proxies, ends in time, and stops when it is asked to. */
final class TransportTest extends TestCase
{
    /** @var resource */
    private static $server;
    private static string $origin;

    public static function setUpBeforeClass(): void
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        self::$origin = 'http://'.stream_socket_get_name($socket, false);
        fclose($socket);
        $command = [PHP_BINARY, '-S', substr(self::$origin, 7), __DIR__.'/../fixtures/answers.php'];
        $silence = ['file', '/dev/null', 'w'];
        self::$server = proc_open($command, [1 => $silence, 2 => $silence], $pipes);
        $latest = time() + 30;
        while (!@fsockopen('127.0.0.1', (int) parse_url(self::$origin, PHP_URL_PORT)) && time() < $latest) {
            usleep(20_000);
        }
    }

    public static function tearDownAfterClass(): void
    {
        proc_terminate(self::$server, 9);
        proc_close(self::$server);
    }

    public function testItGoesByAProxy(): void
    {
        $http = new CurlTransport(new Psr17Factory(), [CURLOPT_PROXY => self::$origin]);
        $status = (new Client('http://service.invalid/', http: $http))->getStatus();
        self::assertSame('service.invalid', $status->service);
    }

    public function testAnAnswerWithoutBodyIsNotWaitedFor(): void
    {
        $answer = (new Client(self::$origin, timeout: 10, retries: 0))->request('HEAD', '/api/status');
        self::assertSame('HEAD', $answer->response->getHeaderLine('X-Seen-Method'));
        self::assertNull($answer->data);
    }

    public function testNothingIsWaitedForForEver(): void
    {
        $this->expectException(TimeoutError::class);
        (new Client(self::$origin, timeout: 0.2, retries: 0))->request('GET', '/slow');
    }

    public function testWhoeverStopsIsHeardWhileNothingComes(): void
    {
        $asked = 0;
        $stopWhen = static function () use (&$asked): bool {
            return ++$asked > 3;
        };
        $this->expectException(Aborted::class);
        (new Client(self::$origin, timeout: 15))->call(
            Operation::FetchFile,
            ['filename' => 'slow'],
            options: new CallOptions(stopWhen: $stopWhen),
        );
    }
}
