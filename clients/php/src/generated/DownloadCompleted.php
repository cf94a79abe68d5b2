<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `completed`: the file is at `download_url` until it expires. */
final readonly class DownloadCompleted extends Download
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['status', 'filename', 'size_bytes', 'download_url', 'title', 'media_type', 'duration', 'sha256', 'expires_at', 'expired', 'files', 'archive_url', 'cached', 'download_id', 'format_id', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    /** The name of the file. */
    public string $filename;
    /** The size of the file. */
    public int $sizeBytes;
    /** Where to fetch the file. */
    public string $downloadUrl;
    public ?string $title;
    public string $mediaType;
    /** Seconds. */
    public ?float $duration;
    /** Of the file, 64 hexadecimal digits. */
    public string $sha256;
    /** When the file will be removed. RFC 3339, UTC; null when it is kept for ever. */
    public ?string $expiresAt;
    /** The file has been removed, since its time was over or its owner removed it. */
    public bool $expired;
    /** @var list<DownloadFile> All files of the download, the media first. Each can be fetched, linked and removed like the media. */
    public array $files;
    /** Where to fetch all files of the download that are still there, as one zip. */
    public string $archiveUrl;
    /** The file was there from an earlier download, with its own `expires_at`. */
    public bool $cached;
    /** @var list<JobWarning>|null What the latest attempt could not have, each kind once. Absent when nothing is missing. */
    public ?array $warnings;
    /** When it ended. RFC 3339, UTC. */
    public string $finishedAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($filename = Reading::text($raw, 'filename')) !== null) {
            $this->filename = $filename;
        }
        if (($sizeBytes = Reading::integer($raw, 'size_bytes')) !== null) {
            $this->sizeBytes = $sizeBytes;
        }
        if (($downloadUrl = Reading::text($raw, 'download_url')) !== null) {
            $this->downloadUrl = $downloadUrl;
        }
        $this->title = Reading::text($raw, 'title');
        if (($mediaType = Reading::text($raw, 'media_type')) !== null) {
            $this->mediaType = $mediaType;
        }
        $this->duration = Reading::number($raw, 'duration');
        if (($sha256 = Reading::text($raw, 'sha256')) !== null) {
            $this->sha256 = $sha256;
        }
        $this->expiresAt = Reading::text($raw, 'expires_at');
        if (($expired = Reading::flag($raw, 'expired')) !== null) {
            $this->expired = $expired;
        }
        if (($files = Reading::objects($raw, 'files', DownloadFile::from(...))) !== null) {
            $this->files = $files;
        }
        if (($archiveUrl = Reading::text($raw, 'archive_url')) !== null) {
            $this->archiveUrl = $archiveUrl;
        }
        if (($cached = Reading::flag($raw, 'cached')) !== null) {
            $this->cached = $cached;
        }
        $this->warnings = Reading::objects($raw, 'warnings', JobWarning::from(...));
        if (($finishedAt = Reading::text($raw, 'finished_at')) !== null) {
            $this->finishedAt = $finishedAt;
        }
    }
}
