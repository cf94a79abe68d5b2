<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `completed`: `segments` and `text` are there, or the transcript lies in `files`. */
final readonly class TranscriptJobCompleted extends Job
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['job_id', 'status', 'title', 'language', 'source', 'transcript_url', 'files', 'expires_at', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    /** Of the video. */
    public ?string $title;
    /** Of the captions that were taken, as the source names it. */
    public string $language;
    public CaptionSource|string $source;
    /** Where to fetch the transcript as JSON, plain text, SubRip or WebVTT: by `?format=` or `Accept`. */
    public string $transcriptUrl;
    /** @var list<TranscriptSegment>|null By their start. Absent where they have more than 65536 bytes as JSON: then all forms of the transcript are in `files`. */
    public ?array $segments;
    /** All segments, one line each. There exactly where `segments` is. */
    public ?string $text;
    /** @var list<DownloadFile> Of a long transcript: one file for each form, the JSON first. Each can be fetched, linked and removed. Empty where `segments` is there. */
    public array $files;
    /** When the files will be removed. RFC 3339, UTC; null when there are none, or they are kept for ever. */
    public ?string $expiresAt;
    /** @var list<JobWarning>|null What the latest attempt could not have, each kind once. Absent when nothing is missing. */
    public ?array $warnings;
    /** When it ended. RFC 3339, UTC. */
    public string $finishedAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        $this->title = Reading::text($raw, 'title');
        if (($language = Reading::text($raw, 'language')) !== null) {
            $this->language = $language;
        }
        if (($source = Reading::word($raw, 'source', CaptionSource::class)) !== null) {
            $this->source = $source;
        }
        if (($transcriptUrl = Reading::text($raw, 'transcript_url')) !== null) {
            $this->transcriptUrl = $transcriptUrl;
        }
        $this->segments = Reading::objects($raw, 'segments', TranscriptSegment::from(...));
        $this->text = Reading::text($raw, 'text');
        if (($files = Reading::objects($raw, 'files', DownloadFile::from(...))) !== null) {
            $this->files = $files;
        }
        $this->expiresAt = Reading::text($raw, 'expires_at');
        $this->warnings = Reading::objects($raw, 'warnings', JobWarning::from(...));
        if (($finishedAt = Reading::text($raw, 'finished_at')) !== null) {
            $this->finishedAt = $finishedAt;
        }
    }
}
