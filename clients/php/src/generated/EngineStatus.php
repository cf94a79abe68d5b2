<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** What the workers download with. Not there until a worker has checked it. */
final readonly class EngineStatus extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['ok', 'checked_at', 'failed_checks', 'ytdlp_version', 'ytdlp_age_days', 'curl_cffi_version', 'deno_version', 'ffmpeg_version'];

    /** Everything that was checked does what jobs need. */
    public bool $ok;
    /** When the worker that started last has checked it. RFC 3339, UTC. */
    public string $checkedAt;
    /** @var list<string> Names of what does not do what jobs need, such as `impersonation`. The log of the worker says why. */
    public array $failedChecks;
    public ?string $ytdlpVersion;
    /** Whole days since this yt-dlp was released. After some weeks sites change faster than it. */
    public ?int $ytdlpAgeDays;
    /** Imitates browsers. null: it is not installed. */
    public ?string $curlCffiVersion;
    /** Runs sites' JavaScript. null: it is not installed. */
    public ?string $denoVersion;
    public ?string $ffmpegVersion;
    public PoTokenProviderState|string|null $poTokenProvider;
    public ?EngineUpdates $updates;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($ok = Reading::flag($raw, 'ok')) !== null) {
            $this->ok = $ok;
        }
        if (($checkedAt = Reading::text($raw, 'checked_at')) !== null) {
            $this->checkedAt = $checkedAt;
        }
        if (($failedChecks = Reading::texts($raw, 'failed_checks')) !== null) {
            $this->failedChecks = $failedChecks;
        }
        $this->ytdlpVersion = Reading::text($raw, 'ytdlp_version');
        $this->ytdlpAgeDays = Reading::integer($raw, 'ytdlp_age_days');
        $this->curlCffiVersion = Reading::text($raw, 'curl_cffi_version');
        $this->denoVersion = Reading::text($raw, 'deno_version');
        $this->ffmpegVersion = Reading::text($raw, 'ffmpeg_version');
        $this->poTokenProvider = Reading::word($raw, 'po_token_provider', PoTokenProviderState::class);
        $this->updates = Reading::object($raw, 'updates', EngineUpdates::from(...));
    }
}
