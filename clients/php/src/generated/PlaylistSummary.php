<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** How many entries of a playlist are in which state, as its worker last saw them, some seconds ago at most. */
final readonly class PlaylistSummary extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['total', 'queued', 'running', 'completed', 'failed', 'cancelled', 'skipped'];

    /** All entries that were chosen. The other numbers add up to it. */
    public int $total;
    /** They wait, or have no job yet. */
    public int $queued;
    public int $running;
    public int $completed;
    public int $failed;
    public int $cancelled;
    /** They have no job, such as one that is there twice. */
    public int $skipped;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($total = Reading::integer($raw, 'total')) !== null) {
            $this->total = $total;
        }
        if (($queued = Reading::integer($raw, 'queued')) !== null) {
            $this->queued = $queued;
        }
        if (($running = Reading::integer($raw, 'running')) !== null) {
            $this->running = $running;
        }
        if (($completed = Reading::integer($raw, 'completed')) !== null) {
            $this->completed = $completed;
        }
        if (($failed = Reading::integer($raw, 'failed')) !== null) {
            $this->failed = $failed;
        }
        if (($cancelled = Reading::integer($raw, 'cancelled')) !== null) {
            $this->cancelled = $cancelled;
        }
        if (($skipped = Reading::integer($raw, 'skipped')) !== null) {
            $this->skipped = $skipped;
        }
    }
}
