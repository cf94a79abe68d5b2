<?php

/** Stands for the PHP client in `clients/behaviour`: reads calls as lines of JSON, writes their outcomes. */

declare(strict_types=1);

use Psr\Log\AbstractLogger;
use VideoScraper\Api\DownloadCompleted;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Client;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Transport\Psr18Transport;
use VideoScraper\WaitOptions;
use VideoScraper\Webhook\Webhooks;

require __DIR__.'/autoload.php';

/** What a warning says is a failure of the client. */
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    // Where it was asked for silence (`@`), the client looks at the outcome itself.
    if ((error_reporting() & $level) === 0) {
        return false;
    }
    // What Debian's packages do is not ours.
    if (!str_contains($file, '/clients/php/')) {
        return true;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});

/** Keeps the lines of the log, as PSR-3 gives them. */
final class KeptLog extends AbstractLogger
{
    /** @var list<array{message: string, context: array<mixed>}> */
    public array $lines = [];

    public function log($level, $message, array $context = []): void
    {
        $this->lines[] = ['message' => (string) $message, 'context' => $context];
    }
}

/** Calls `$work` with the options of a wait, and adds what it reported on the way: states, and entries each with the state then. */
function waited(array $with, Closure $work): array
{
    $seen = [];
    $given = [];
    $endsAt = isset($with['abort_after']) ? hrtime(true) / 1e9 + $with['abort_after'] : INF;
    $options = new WaitOptions(
        deadline: $with['deadline'] ?? null,
        onProgress: static function ($job) use (&$seen): void {
            $seen[] = $job->status;
        },
        stopWhen: static fn (): bool => hrtime(true) / 1e9 > $endsAt,
        cancelOnStop: $with['cancel_on_abort'] ?? false,
        onEntry: !($with['on_entry'] ?? false) ? null : static function ($entry) use (&$seen, &$given): void {
            $given[] = ['position' => $entry->position, 'state' => $entry->state, 'while' => end($seen)];
        },
    );
    $job = $work($options);

    return $job->raw + ['progress' => $seen, 'given' => $given];
}

function first(iterable $items, int $most = PHP_INT_MAX): array
{
    $all = [];
    foreach ($items as $item) {
        $all[] = $item;
        if (count($all) >= $most) {
            break;
        }
    }

    return $all;
}

$calls = [
    'info' => fn (Client $client, array $with) => waited(
        $with,
        fn ($options) => $client->info($with['url'], $with['fields'] ?? [], $options),
    ),
    'download' => fn (Client $client, array $with) => waited(
        $with,
        fn ($options) => $client->download($with['url'], $with['fields'] ?? [], $options),
    ),
    'transcript' => fn (Client $client, array $with) => waited(
        $with,
        fn ($options) => $client->transcript($with['url'], $with['fields'] ?? [], $options),
    ),
    'get_transcript_text' => fn (Client $client, array $with) => $client->getTranscriptText($with['id'], $with['format']),
    'start_info' => fn (Client $client, array $with) => $client->startInfo(
        $with['url'],
        $with['fields'] ?? [],
        new CallOptions(idempotencyKey: $with['idempotency_key'] ?? null),
    ),
    'start_infos' => fn (Client $client, array $with) => $client->startInfos($with['urls'], $with['fields'] ?? []),
    'start_download' => fn (Client $client, array $with) => $client->startDownload($with['url'], $with['fields'] ?? []),
    'playlist' => fn (Client $client, array $with) => waited(
        $with,
        fn ($options) => $client->playlist($with['url'], $with['fields'] ?? [], $options),
    ),
    'start_playlist' => fn (Client $client, array $with) => $client->startPlaylist($with['url'], $with['fields'] ?? []),
    'entries' => fn (Client $client, array $with) => first(
        $client->entries($with['id'], $with['limit'] ?? null),
        $with['most'] ?? PHP_INT_MAX,
    ),
    'get_info_job' => fn (Client $client, array $with) => $client->getInfoJob($with['id']),
    'get_download' => fn (Client $client, array $with) => $client->getDownload($with['id']),
    'wait_for_info_job' => fn (Client $client, array $with) => waited(
        $with,
        fn ($options) => $client->waitForInfoJob($with['id'], $options),
    ),
    'wait_for_download' => fn (Client $client, array $with) => waited(
        $with,
        fn ($options) => $client->waitForDownload($with['id'], $options),
    ),
    'follow_download' => fn (Client $client, array $with) => first($client->followDownload($with['id'])),
    'cancel' => fn (Client $client, array $with) => $client->cancel($with['id']),
    'retry' => fn (Client $client, array $with) => $client->retry($with['id']),
    'jobs' => fn (Client $client, array $with) => first($client->jobs($with['limit'] ?? null), $with['most'] ?? PHP_INT_MAX),
    'downloads' => fn (Client $client, array $with) => first(
        $client->downloads($with['limit'] ?? null),
        $with['most'] ?? PHP_INT_MAX,
    ),
    'delete_file' => fn (Client $client, array $with) => $client->deleteFile($with['filename']),
    'save' => fn (Client $client, array $with) => $client->save(DownloadCompleted::from($with['download']), $with['path']),
    'get_status' => fn (Client $client, array $with) => $client->getStatus(),
    'raw' => function (Client $client, array $with): array {
        $answer = $client->call(Operation::from($with['operation']), $with['path'] ?? [], $with['query'] ?? []);

        return ['data' => $answer->data, 'status' => $answer->status, 'request_id' => $answer->requestId];
    },
    'verify_webhook' => fn (Client $client, array $with) => Webhooks::verify(
        $with['secret'],
        $with['headers'],
        $with['body'],
        now: $with['now'],
    ),
];

function said(Throwable $error): array
{
    if (!$error instanceof VideoScraperError) {
        return ['group' => $error::class, 'message' => (string) $error];
    }

    return [
        'group' => (new ReflectionClass($error))->getShortName(),
        'code' => $error->code,
        'status' => $error->status,
        'retryable' => $error->retryable,
        'retry_after' => $error->retryAfter,
        'request_id' => $error->requestId,
        'message' => $error->getMessage(),
        'job_id' => $error->jobId ?? null,
    ];
}

/** The transport that the first word of the command line names. */
$transport = match ($argv[1] ?? 'curl') {
    'curl' => static fn (array $options) => null,
    'guzzle' => static fn (array $options) => new GuzzleHttp\Client(['timeout' => $options['timeout'] ?? 30]),
    'guzzle-streams' => static fn (array $options) => new Psr18Transport(
        new GuzzleHttp\Client(['stream' => true, 'timeout' => $options['timeout'] ?? 30, 'read_timeout' => 45]),
        streams: true,
    ),
};

while (($line = fgets(STDIN)) !== false) {
    ['id' => $id, 'client' => $options, 'call' => $call, 'with' => $with] = json_decode($line, true);
    $log = new KeptLog();
    try {
        $client = new Client(
            baseUrl: $options['base_url'],
            apiKey: $options['api_key'] ?? null,
            timeout: $options['timeout'] ?? 30,
            retries: $options['retries'] ?? 4,
            logger: $log,
            http: $transport($options),
        );
        $outcome = ['result' => $calls[$call]($client, $with)];
    } catch (Throwable $error) {
        $outcome = ['error' => said($error)];
    }
    echo json_encode(['id' => $id, 'log' => $log->lines] + $outcome, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR), "\n";
}
