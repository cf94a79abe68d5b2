<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** `type` is `transcript_complete`. `data` is what GET of the job answers. */
final readonly class TranscriptCompleteEvent extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['type', 'timestamp', 'sequence', 'data'];

    public DeliveredEvent|string $type;
    /** When it happened. RFC 3339, UTC. */
    public string $timestamp;
    /** Grows with each event of the same job. Events may arrive in any order. */
    public int $sequence;
    public Job $data;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($type = Reading::word($raw, 'type', DeliveredEvent::class)) !== null) {
            $this->type = $type;
        }
        if (($timestamp = Reading::text($raw, 'timestamp')) !== null) {
            $this->timestamp = $timestamp;
        }
        if (($sequence = Reading::integer($raw, 'sequence')) !== null) {
            $this->sequence = $sequence;
        }
        if (($data = Reading::object($raw, 'data', Job::ofState(...))) !== null) {
            $this->data = $data;
        }
    }
}
