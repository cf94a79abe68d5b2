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
    public const REQUIRED = ['title', 'uploader', 'duration', 'thumbnail', 'webpage_url', 'formats', 'id', 'description', 'extractor', 'upload_date', 'view_count', 'age_limit', 'live_status', 'playlist_count', 'channel', 'channel_id', 'channel_url', 'chapters', 'subtitles', 'automatic_captions', 'thumbnails', 'best'];

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
    public ?string $channel;
    public ?string $channelId;
    public ?string $channelUrl;
    /** @var list<Chapter> */
    public array $chapters;
    /** @var list<SubtitleTrack> Those that people wrote. */
    public array $subtitles;
    /** @var list<SubtitleTrack> Those that a machine made, or translated. */
    public array $automaticCaptions;
    /** @var list<Thumbnail> The best one last; `thumbnail` is one of them, where there are any. */
    public array $thumbnails;
    /** @var list<BestFormat> What common downloads would take. Give the `format_id` to have exactly that, or the `request` to have the best at that time. */
    public array $best;
    /** @var list<ListEntry>|null With the option `entries`, of a list: a page of it. `title` and the like are those of the list then, and `formats` is empty. */
    public ?array $entries;
    /** With `entries`: the `from` of the next page; null on the last one. */
    public ?int $entriesNext;
    /** With `media_urls`: to whom the addresses belong, for people. */
    public ?string $mediaUrlsNote;

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
        $this->channel = Reading::text($raw, 'channel');
        $this->channelId = Reading::text($raw, 'channel_id');
        $this->channelUrl = Reading::text($raw, 'channel_url');
        if (($chapters = Reading::objects($raw, 'chapters', Chapter::from(...))) !== null) {
            $this->chapters = $chapters;
        }
        if (($subtitles = Reading::objects($raw, 'subtitles', SubtitleTrack::from(...))) !== null) {
            $this->subtitles = $subtitles;
        }
        if (($automaticCaptions = Reading::objects($raw, 'automatic_captions', SubtitleTrack::from(...))) !== null) {
            $this->automaticCaptions = $automaticCaptions;
        }
        if (($thumbnails = Reading::objects($raw, 'thumbnails', Thumbnail::from(...))) !== null) {
            $this->thumbnails = $thumbnails;
        }
        if (($best = Reading::objects($raw, 'best', BestFormat::from(...))) !== null) {
            $this->best = $best;
        }
        $this->entries = Reading::objects($raw, 'entries', ListEntry::from(...));
        $this->entriesNext = Reading::integer($raw, 'entries_next');
        $this->mediaUrlsNote = Reading::text($raw, 'media_urls_note');
    }
}
