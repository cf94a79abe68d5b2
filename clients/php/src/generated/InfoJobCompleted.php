<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Reading;

/** `status` is `completed`: `video_info` is there. */
final readonly class InfoJobCompleted extends Job
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['job_id', 'status', 'video_info', 'cached', 'extracted_at', 'kind', 'url', 'attempts', 'created_at', 'started_at', 'finished_at'];

    public VideoInfo $videoInfo;
    /** This was known from shortly before, and the source was not asked again. */
    public bool $cached;
    /** When the source was asked. RFC 3339, UTC. */
    public string $extractedAt;
    /** @var list<JobWarning>|null What the latest attempt could not have, each kind once. Absent when nothing is missing. */
    public ?array $warnings;
    /** When it ended. RFC 3339, UTC. */
    public string $finishedAt;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($videoInfo = Reading::object($raw, 'video_info', VideoInfo::from(...))) !== null) {
            $this->videoInfo = $videoInfo;
        }
        if (($cached = Reading::flag($raw, 'cached')) !== null) {
            $this->cached = $cached;
        }
        if (($extractedAt = Reading::text($raw, 'extracted_at')) !== null) {
            $this->extractedAt = $extractedAt;
        }
        $this->warnings = Reading::objects($raw, 'warnings', JobWarning::from(...));
        if (($finishedAt = Reading::text($raw, 'finished_at')) !== null) {
            $this->finishedAt = $finishedAt;
        }
    }
}
