<?php

declare(strict_types=1);

namespace VideoScraper\Saving;

use VideoScraper\Api\DownloadCompleted;
use VideoScraper\Api\DownloadEntry;
use VideoScraper\Api\DownloadFile;
use VideoScraper\Api\FileRole;
use VideoScraper\Error\UsageError;

/**
 * Saves the files of a download, each by `SingleFile`.
 *
 * @internal
 */
final readonly class Saver
{
    public function __construct(private SingleFile $single)
    {
    }

    /** @return list<string> the paths that were written */
    public function save(DownloadCompleted|DownloadEntry|DownloadFile $download, string $path): array
    {
        $files = self::filesOf($download);
        $media = self::mediaOf($files);
        $isFolder = preg_match('#[/\\\\]$#D', $path) === 1 || is_dir($path);
        $folder = $isFolder ? rtrim($path, '/\\').'/' : dirname($path).'/';
        $saved = [];
        foreach ($files as $file) {
            $target = $file === $media && !$isFolder ? $path : $folder.self::plainName($file->filename);
            $this->single->save($file->filename, $file->sizeBytes, strtolower($file->sha256), $target);
            $saved[] = $target;
        }

        return $saved;
    }

    /** @return list<DownloadCompleted|DownloadEntry|DownloadFile> those that are still there */
    private static function filesOf(DownloadCompleted|DownloadEntry|DownloadFile $download): array
    {
        $files = $download instanceof DownloadFile || !isset($download->files) ? [] : $download->files;
        $there = array_values(array_filter($files, static fn (DownloadFile $file): bool => !($file->raw['expired'] ?? false)));

        return $there === [] ? [$download] : $there;
    }

    /** @param non-empty-list<DownloadCompleted|DownloadEntry|DownloadFile> $files */
    private static function mediaOf(array $files): DownloadCompleted|DownloadEntry|DownloadFile
    {
        foreach ($files as $file) {
            if (($file->raw['role'] ?? null) === FileRole::Media->value) {
                return $file;
            }
        }

        return $files[0];
    }

    /** A name leads to no other folder, whatever the service says. */
    private static function plainName(string $filename): string
    {
        if (preg_match('#^\.{0,2}$|[/\\\\\0]#D', $filename) === 1) {
            throw new UsageError(
                'The name of the file is no plain name. Say under which name to save it.',
                'unsafe_filename',
            );
        }

        return $filename;
    }
}
