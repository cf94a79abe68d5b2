<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** What is known about a video. */
final readonly class VideoInfo extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['title', 'uploader', 'duration', 'thumbnail', 'webpage_url', 'formats', 'id', 'description', 'extractor', 'upload_date', 'view_count', 'age_limit', 'live_status', 'playlist_count'];

    public ?string $title;
    public ?string $uploader;
    /** Seconds. */
    public ?float $duration;
    public ?string $thumbnail;
    public ?string $webpageUrl;
    /** @var list<VideoFormat> */
    public array $formats;
    public ?string $id;
    public ?string $description;
    public ?string $extractor;
    /** YYYYMMDD, as the source says. */
    public ?string $uploadDate;
    public ?int $viewCount;
    public ?int $ageLimit;
    public ?string $liveStatus;
    public ?int $playlistCount;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        $this->title = Reading::text($raw, 'title');
        $this->uploader = Reading::text($raw, 'uploader');
        $this->duration = Reading::number($raw, 'duration');
        $this->thumbnail = Reading::text($raw, 'thumbnail');
        $this->webpageUrl = Reading::text($raw, 'webpage_url');
        if (($formats = Reading::objects($raw, 'formats', VideoFormat::from(...))) !== null) {
            $this->formats = $formats;
        }
        $this->id = Reading::text($raw, 'id');
        $this->description = Reading::text($raw, 'description');
        $this->extractor = Reading::text($raw, 'extractor');
        $this->uploadDate = Reading::text($raw, 'upload_date');
        $this->viewCount = Reading::integer($raw, 'view_count');
        $this->ageLimit = Reading::integer($raw, 'age_limit');
        $this->liveStatus = Reading::text($raw, 'live_status');
        $this->playlistCount = Reading::integer($raw, 'playlist_count');
    }
}
