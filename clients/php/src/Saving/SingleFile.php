<?php

declare(strict_types=1);

namespace VideoScraper\Saving;

use Psr\Http\Message\ResponseInterface;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\IntegrityError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Requests\Addresses;
use VideoScraper\Requests\Body;
use VideoScraper\Requests\Retries;
use VideoScraper\Requests\Sender;
use VideoScraper\Requests\Stopping;

/**
 * Saves one file: in parts if need be, until its digest is the one that was announced.
 *
 * @internal
 */
final class SingleFile
{
    /** So many answers in a row may bring nothing. */
    private const BARREN_ANSWERS = 6;
    private const FIRST_WAIT = 0.5;

    /** The strong ETag of the answer before: what follows must be of the same file. */
    private ?string $validator = null;

    public function __construct(
        private readonly Sender $sender,
        private readonly SaveOptions $options,
        private readonly Stopping $stopping,
    ) {
    }

    /** Returns when the file is there under its name. */
    public function save(string $filename, int $size, string $sha256, string $target): void
    {
        self::makeFolder(dirname($target));
        // A part of another file is never continued.
        $path = $target.'.'.substr($sha256, 0, 12).'.part';
        for ($isLast = false; ; $isLast = true) {
            $partial = new PartialFile($path);
            try {
                $this->fetchRest($filename, $size, $partial);
                $digest = $partial->finish();
            } finally {
                $partial->close();
            }
            if ($digest === $sha256) {
                if (!rename($path, $target)) {
                    throw new \RuntimeException('The file could not be given its name.');
                }

                return;
            }
            unlink($path);
            if ($isLast) {
                throw self::differs($filename);
            }
        }
    }

    private static function makeFolder(string $folder): void
    {
        // Somebody else may make it at the same moment.
        if (!is_dir($folder) && !@mkdir($folder, recursive: true) && !is_dir($folder)) {
            throw new \RuntimeException('The folder for the file could not be made.');
        }
    }

    /** Fetches until as many bytes are there as the file has. */
    private function fetchRest(string $filename, int $size, PartialFile $partial): void
    {
        if ($partial->size() > $size) {
            $partial->clear();
        }
        $this->validator = null;
        for ($barren = 0; $partial->size() < $size;) {
            $before = $partial->size();
            try {
                $this->fetchOnce($filename, $size, $partial);
            } catch (VideoScraperError $error) {
                // What another answer would not mend is thrown.
                if (!Retries::isPassing($error) || $barren >= self::BARREN_ANSWERS) {
                    throw $error;
                }
            }
            $this->stopping->check();
            $barren = $partial->size() > $before ? 0 : $barren + 1;
            if ($barren > self::BARREN_ANSWERS) {
                throw self::differs($filename);
            }
            if ($partial->size() < $size) {
                $this->stopping->pause(Retries::spread(self::FIRST_WAIT * 2 ** $barren));
            }
        }
    }

    private function fetchOnce(string $filename, int $size, PartialFile $partial): void
    {
        $response = $this->ask($filename, $partial);
        self::agree($response, $partial);
        $etag = $response->getHeaderLine('ETag');
        $this->validator = str_starts_with($etag, '"') ? $etag : null;
        $idle = $this->sender->configuration->idleTimeout;
        foreach (Body::chunks($response, $this->sender->configuration->baseUrl, $this->stopping, $idle) as $chunk) {
            $partial->append($chunk);
            $this->options->onProgress?->__invoke($filename, $partial->size(), $size);
            // More than was announced is another file; its digest will say so.
            if ($partial->size() > $size) {
                break;
            }
        }
    }

    private function ask(string $filename, PartialFile $partial): ResponseInterface
    {
        $headers = ['Accept' => '*/*', 'Accept-Encoding' => 'identity'];
        if ($partial->size() > 0) {
            $headers['Range'] = "bytes={$partial->size()}-";
        }
        if ($partial->size() > 0 && $this->validator !== null) {
            $headers['If-Range'] = $this->validator;
        }
        $options = new CallOptions($this->options->timeout, $this->options->retries, $this->options->headers);
        $baseUrl = $this->sender->configuration->baseUrl;
        $request = Addresses::request($baseUrl, Operation::FetchFile, ['filename' => $filename], [], null, $options);

        return $this->sender->send($request->with($headers, isUnread: true), $this->stopping)->response;
    }

    /** Makes the partial file end where the answer begins. */
    private static function agree(ResponseInterface $response, PartialFile $partial): void
    {
        $range = $response->getHeaderLine('Content-Range');
        $start = preg_match('/^bytes (\d{1,18})-/', $range, $found) === 1 ? (int) $found[1] : null;
        if ($response->getStatusCode() === 206 && $start === $partial->size()) {
            return;
        }
        $partial->clear();
        if ($response->getStatusCode() === 200) {
            return;
        }
        $response->getBody()->close();
        throw new ConnectionError('The answer is not the part of the file that was asked for.', 'unreadable_answer');
    }

    private static function differs(string $filename): IntegrityError
    {
        return new IntegrityError(
            "{$filename} is not the file that was announced: its digest or its size differs.",
            'digest_differs',
            retryable: true,
        );
    }
}
