<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class DownloadEntry extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['filename', 'size_bytes', 'created', 'url', 'created_at', 'title', 'source_url', 'duration', 'media_type', 'sha256', 'download_id', 'expires_at', 'role', 'language', 'files'];

    public string $filename;
    /** The size of the file. */
    public int $sizeBytes;
    /** UTC, `YYYY-MM-DDTHH:MM:SS`. */
    public string $created;
    /** Where to fetch the file. */
    public string $url;
    /** The same instant as `created`. RFC 3339, UTC. */
    public string $createdAt;
    public ?string $title;
    public string $sourceUrl;
    /** Seconds. */
    public ?float $duration;
    public string $mediaType;
    public string $sha256;
    public string $downloadId;
    /** When the file will be removed. RFC 3339, UTC; null when it is kept for ever. */
    public ?string $expiresAt;
    public FileRole|string $role;
    /** Of subtitles, as the source names it; null for everything else. */
    public ?string $language;
    /** @var list<DownloadFile> Of the first media file of a download: all files of it that are still there. Of any other file: that file. */
    public array $files;

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
        if (($created = Reading::text($raw, 'created')) !== null) {
            $this->created = $created;
        }
        if (($url = Reading::text($raw, 'url')) !== null) {
            $this->url = $url;
        }
        if (($createdAt = Reading::text($raw, 'created_at')) !== null) {
            $this->createdAt = $createdAt;
        }
        $this->title = Reading::text($raw, 'title');
        if (($sourceUrl = Reading::text($raw, 'source_url')) !== null) {
            $this->sourceUrl = $sourceUrl;
        }
        $this->duration = Reading::number($raw, 'duration');
        if (($mediaType = Reading::text($raw, 'media_type')) !== null) {
            $this->mediaType = $mediaType;
        }
        if (($sha256 = Reading::text($raw, 'sha256')) !== null) {
            $this->sha256 = $sha256;
        }
        if (($downloadId = Reading::text($raw, 'download_id')) !== null) {
            $this->downloadId = $downloadId;
        }
        $this->expiresAt = Reading::text($raw, 'expires_at');
        if (($role = Reading::word($raw, 'role', FileRole::class)) !== null) {
            $this->role = $role;
        }
        $this->language = Reading::text($raw, 'language');
        if (($files = Reading::objects($raw, 'files', DownloadFile::from(...))) !== null) {
            $this->files = $files;
        }
    }
}
