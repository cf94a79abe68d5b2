<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** What is said from `start` to `end`. */
final readonly class TranscriptSegment extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['start', 'end', 'text'];

    /** Seconds. */
    public float $start;
    /** Seconds; never before `start`. */
    public float $end;
    /** Plain text without line ends, of one sentence or one caption. */
    public string $text;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($start = Reading::number($raw, 'start')) !== null) {
            $this->start = $start;
        }
        if (($end = Reading::number($raw, 'end')) !== null) {
            $this->end = $end;
        }
        if (($text = Reading::text($raw, 'text')) !== null) {
            $this->text = $text;
        }
    }
}
