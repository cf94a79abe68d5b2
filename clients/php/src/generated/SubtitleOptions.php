<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;
use VideoScraper\Reading;

/** Subtitles of these languages. As files, each is in `files` with the role `subtitle`. What the source does not have is no failure; the warning `subtitles_missing` says so. A field that is not given is not sent. */
final readonly class SubtitleOptions extends Fields
{
    /**
     * @param list<string> $languages The languages, as the source names them: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. One file for each.
     * @param SubtitleOptionsFormat|string|null $format WebVTT or SubRip; what the source has in another format is rewritten. Absent: `vtt`.
     * @param SubtitleOptionsDeliver|string|null $deliver `file`: files beside the media. `embedded`: tracks of the media file, which then keeps its picture and sound as they are. `both`. Where they do not fit into the media file they lie beside it, and the warning `subtitles_not_embedded` says so. Absent: `file`.
     * @param bool|null $automatic Whether subtitles that a machine made from the sound may be taken where there are no others in that language. Absent: true.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public array $languages,
        public SubtitleOptionsFormat|string|null $format = null,
        public SubtitleOptionsDeliver|string|null $deliver = null,
        public ?bool $automatic = null,
        public array $more = [],
    ) {
    }

    /** @param array<string, mixed> $raw */
    public static function from(array $raw): self
    {
        return new self(
            languages: Reading::texts($raw, 'languages') ?? [],
            format: Reading::word($raw, 'format', SubtitleOptionsFormat::class),
            deliver: Reading::word($raw, 'deliver', SubtitleOptionsDeliver::class),
            automatic: Reading::flag($raw, 'automatic'),
            more: array_diff_key($raw, ['languages' => true, 'format' => true, 'deliver' => true, 'automatic' => true]),
        );
    }

    public function toArray(): array
    {
        return self::given([
            'languages' => $this->languages,
            'format' => $this->format ?? Absent::Field,
            'deliver' => $this->deliver ?? Absent::Field,
            'automatic' => $this->automatic ?? Absent::Field,
        ]) + $this->more;
    }
}
