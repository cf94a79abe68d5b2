<?php

declare(strict_types=1);

namespace VideoScraper\Webhook;

use VideoScraper\Api\DeliveredEvent;
use VideoScraper\Api\DownloadCancelledEvent;
use VideoScraper\Api\DownloadCompleteEvent;
use VideoScraper\Api\DownloadFailedEvent;
use VideoScraper\Api\JobCancelledEvent;
use VideoScraper\Api\JobCompleteEvent;
use VideoScraper\Api\JobFailedEvent;
use VideoScraper\Api\PlaylistCancelledEvent;
use VideoScraper\Api\PlaylistCompleteEvent;
use VideoScraper\Api\PlaylistFailedEvent;
use VideoScraper\Api\TranscriptCancelledEvent;
use VideoScraper\Api\TranscriptCompleteEvent;
use VideoScraper\Api\TranscriptFailedEvent;
use VideoScraper\Reading;

/** A webhook that is from the service. */
final readonly class ReceivedWebhook implements \JsonSerializable
{
    private const EVENTS = [
        'job_complete' => JobCompleteEvent::class,
        'job_failed' => JobFailedEvent::class,
        'job_cancelled' => JobCancelledEvent::class,
        'download_complete' => DownloadCompleteEvent::class,
        'download_failed' => DownloadFailedEvent::class,
        'download_cancelled' => DownloadCancelledEvent::class,
        'transcript_complete' => TranscriptCompleteEvent::class,
        'transcript_failed' => TranscriptFailedEvent::class,
        'transcript_cancelled' => TranscriptCancelledEvent::class,
        'playlist_complete' => PlaylistCompleteEvent::class,
        'playlist_failed' => PlaylistFailedEvent::class,
        'playlist_cancelled' => PlaylistCancelledEvent::class,
    ];

    /** The case of its word; a string for what this version does not know. */
    public DeliveredEvent|string $type;
    /** Null for `test`, and for what this version does not know: see `raw`. */
    public JobCompleteEvent|JobFailedEvent|JobCancelledEvent|DownloadCompleteEvent|DownloadFailedEvent|DownloadCancelledEvent|TranscriptCompleteEvent|TranscriptFailedEvent|TranscriptCancelledEvent|PlaylistCompleteEvent|PlaylistFailedEvent|PlaylistCancelledEvent|null $event;

    /**
     * @param string               $id  `webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice
     * @param array<string, mixed> $raw what came, to the letter
     */
    public function __construct(public string $id, public array $raw)
    {
        $this->type = Reading::word($raw, 'type', DeliveredEvent::class) ?? '';
        $class = self::EVENTS[Reading::text($raw, 'type') ?? ''] ?? null;
        $this->event = $class === null ? null : $class::from($raw);
    }

    /** @return array<string, mixed> */
    public function jsonSerialize(): array
    {
        return ['id' => $this->id] + $this->raw;
    }
}
