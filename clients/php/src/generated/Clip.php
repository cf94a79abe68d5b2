<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;
use VideoScraper\Reading;

/** The body of a request. A field that is not given is not sent. */
final readonly class Clip extends Fields
{
    /**
     * @param float $start Where the clip begins, in seconds.
     * @param float $end Where it ends, in seconds: at least 0.1 after it begins. What lies beyond the end of the video is left out.
     * @param bool|null $exact true: the clip begins and ends within one picture of these times, for which it is encoded again, with H.264 and AAC in mp4. All of these together last two hours at most. Absent: it is not encoded again, and begins with the last key picture before its time, most often some seconds earlier.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public float $start,
        public float $end,
        public ?bool $exact = null,
        public array $more = [],
    ) {
    }

    /** @param array<string, mixed> $raw */
    public static function from(array $raw): self
    {
        return new self(
            start: Reading::number($raw, 'start') ?? [],
            end: Reading::number($raw, 'end') ?? [],
            exact: Reading::flag($raw, 'exact'),
            more: array_diff_key($raw, ['start' => true, 'end' => true, 'exact' => true]),
        );
    }

    public function toArray(): array
    {
        return self::given([
            'start' => $this->start,
            'end' => $this->end,
            'exact' => $this->exact ?? Absent::Field,
        ]) + $this->more;
    }
}
