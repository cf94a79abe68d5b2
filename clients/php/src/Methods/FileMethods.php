<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use Psr\Http\Message\ResponseInterface;
use VideoScraper\Api\CreateArchiveLinkBody;
use VideoScraper\Api\CreateFileLinkBody;
use VideoScraper\Api\DownloadCompleted;
use VideoScraper\Api\DownloadEntry;
use VideoScraper\Api\DownloadFile;
use VideoScraper\Api\FileLink;
use VideoScraper\Api\FileRole;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Error\IntegrityError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Page;
use VideoScraper\Reading;
use VideoScraper\Requests\Stopping;
use VideoScraper\Saving\SaveOptions;
use VideoScraper\Saving\Saver;
use VideoScraper\Saving\SingleFile;

/** Files of downloads. */
trait FileMethods
{
    /**
     * Writes the files of a download to the disk, and returns their paths. `$path` is a file, or a folder (one that is there, or
     * ends with `/`). Of several files the first with media goes to `$path`, and the others beside it under their own names. A
     * file that is there is replaced. What is not whole yet is kept as `….part`, and the next call for the same file goes on with
     * it; run one at a time.
     *
     * @return list<string>
     *
     * @throws IntegrityError    when a file twice has another digest than was announced
     * @throws VideoScraperError
     * @throws \RuntimeException when the disk does not do what it should
     */
    public function save(DownloadCompleted|DownloadEntry|DownloadFile $download, string $path, ?SaveOptions $options = null): array
    {
        $options ??= new SaveOptions();
        $single = new SingleFile($this->sender, $options, new Stopping($options->stopWhen));

        return (new Saver($single))->save($download, $path);
    }

    /**
     * `listDownloads`: one page of files.
     *
     * @param string|null $createdAfter  RFC 3339: only files that were published later
     * @param string|null $createdBefore RFC 3339: only files that were published earlier
     * @param string|null $extension     such as `mp4`
     * @param string|null $text          in title, file name or source URL, in upper or lower case
     *
     * @return Page<DownloadEntry>
     */
    public function listDownloads(
        ?int $limit = null,
        ?string $cursor = null,
        ?string $createdAfter = null,
        ?string $createdBefore = null,
        ?string $extension = null,
        FileRole|string|null $role = null,
        ?string $text = null,
        ?CallOptions $options = null,
    ): Page {
        $query = [
            'limit' => $limit,
            'cursor' => $cursor,
            'created_after' => $createdAfter,
            'created_before' => $createdBefore,
            'extension' => $extension,
            'role' => $role,
            'text' => $text,
        ];
        $answer = $this->sending(Operation::ListDownloads, query: $query, options: $options);
        $items = Reading::each(is_array($answer->data) ? $answer->data : [], DownloadEntry::from(...));

        return new Page($items, Page::cursorOf($answer->response));
    }

    /**
     * Own files, newest first. The arguments are those of `listDownloads`.
     *
     * @return \Generator<int, DownloadEntry>
     */
    public function downloads(
        ?int $limit = null,
        ?string $createdAfter = null,
        ?string $createdBefore = null,
        ?string $extension = null,
        FileRole|string|null $role = null,
        ?string $text = null,
        ?CallOptions $options = null,
    ): \Generator {
        return Page::eachItem(fn (?string $cursor): Page => $this->listDownloads(
            $limit,
            $cursor,
            $createdAfter,
            $createdBefore,
            $extension,
            $role,
            $text,
            $options,
        ));
    }

    /**
     * `fetchFile`: returns the answer once its head is there; its body is read while it comes. Ask for a part with
     * `new CallOptions(headers: ['Range' => 'bytes=0-99'])`; a range outside the file gives the answer 416.
     */
    public function fetchFile(
        string $filename,
        ?string $disposition = null,
        ?string $signature = null,
        ?CallOptions $options = null,
    ): ResponseInterface {
        $query = ['disposition' => $disposition, 'signature' => $signature];

        return $this->sending(Operation::FetchFile, ['filename' => $filename], $query, null, $options, true)->response;
    }

    /** `deleteFile`. Returns also when a repeat finds that the attempt before has removed it. */
    public function deleteFile(string $filename, ?CallOptions $options = null): void
    {
        $this->removing(Operation::DeleteFile, ['filename' => $filename], $options);
    }

    /**
     * `createFileLink`: an address of the file that needs no key.
     *
     * @param CreateFileLinkBody|array<string, mixed> $body
     */
    public function createFileLink(
        string $filename,
        CreateFileLinkBody|array $body = new CreateFileLinkBody(),
        ?CallOptions $options = null,
    ): FileLink {
        return FileLink::from($this->data(Operation::CreateFileLink, $options, ['filename' => $filename], body: $body));
    }

    /** `fetchArchive`: all files of a download as one zip. Returns the answer once its head is there. */
    public function fetchArchive(string $id, ?string $signature = null, ?CallOptions $options = null): ResponseInterface
    {
        $query = ['signature' => $signature];

        return $this->sending(Operation::FetchArchive, ['download_id' => $id], $query, null, $options, true)->response;
    }

    /**
     * `createArchiveLink`: an address of the archive that needs no key.
     *
     * @param CreateArchiveLinkBody|array<string, mixed> $body
     */
    public function createArchiveLink(
        string $id,
        CreateArchiveLinkBody|array $body = new CreateArchiveLinkBody(),
        ?CallOptions $options = null,
    ): FileLink {
        return FileLink::from($this->data(Operation::CreateArchiveLink, $options, ['download_id' => $id], body: $body));
    }
}
