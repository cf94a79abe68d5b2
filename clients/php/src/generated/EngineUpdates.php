<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** Newer versions of yt-dlp. Not there with `YTDLP_CHANNEL=pinned`. */
final readonly class EngineUpdates extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['channel', 'looked_at', 'look_failed'];

    /** Where newer versions come from. */
    public EngineUpdatesChannel|string $channel;
    /** The version that gets a share of the jobs. Absent: there is none. */
    public ?EngineUpdatesTrial $trial;
    /** The version that was rolled back or refused last. Absent: none was. */
    public ?EngineUpdatesLastRefused $lastRefused;
    /** When a worker last looked for a newer version. RFC 3339, UTC; null when none has yet. */
    public ?string $lookedAt;
    /** That look found out nothing. The log of the worker says why. */
    public bool $lookFailed;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($channel = Reading::word($raw, 'channel', EngineUpdatesChannel::class)) !== null) {
            $this->channel = $channel;
        }
        $this->trial = Reading::object($raw, 'trial', EngineUpdatesTrial::from(...));
        $this->lastRefused = Reading::object($raw, 'last_refused', EngineUpdatesLastRefused::from(...));
        $this->lookedAt = Reading::text($raw, 'looked_at');
        if (($lookFailed = Reading::flag($raw, 'look_failed')) !== null) {
            $this->lookFailed = $lookFailed;
        }
    }
}
