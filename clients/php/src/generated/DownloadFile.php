<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** One file of a download. */
final readonly class DownloadFile extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['filename', 'role', 'language', 'automatic', 'size_bytes', 'media_type', 'sha256', 'download_url', 'expired'];

    /** The name of the file. */
    public string $filename;
    public FileRole|string $role;
    /** Of subtitles, as the source names it; null for everything else. */
    public ?string $language;
    /** true: a machine made these subtitles from the sound. */
    public bool $automatic;
    /** The size of the file. */
    public int $sizeBytes;
    public string $mediaType;
    /** Of the file, 64 hexadecimal digits. */
    public string $sha256;
    /** Where to fetch the file. */
    public string $downloadUrl;
    /** This file has been removed, since its time was over or its owner removed it. */
    public bool $expired;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($filename = Reading::text($raw, 'filename')) !== null) {
            $this->filename = $filename;
        }
        if (($role = Reading::word($raw, 'role', FileRole::class)) !== null) {
            $this->role = $role;
        }
        $this->language = Reading::text($raw, 'language');
        if (($automatic = Reading::flag($raw, 'automatic')) !== null) {
            $this->automatic = $automatic;
        }
        if (($sizeBytes = Reading::integer($raw, 'size_bytes')) !== null) {
            $this->sizeBytes = $sizeBytes;
        }
        if (($mediaType = Reading::text($raw, 'media_type')) !== null) {
            $this->mediaType = $mediaType;
        }
        if (($sha256 = Reading::text($raw, 'sha256')) !== null) {
            $this->sha256 = $sha256;
        }
        if (($downloadUrl = Reading::text($raw, 'download_url')) !== null) {
            $this->downloadUrl = $downloadUrl;
        }
        if (($expired = Reading::flag($raw, 'expired')) !== null) {
            $this->expired = $expired;
        }
    }
}
