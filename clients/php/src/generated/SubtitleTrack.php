<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** Subtitles in one language. */
final readonly class SubtitleTrack extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['language', 'name', 'extensions'];

    /** As the source names it, such as `en` or `pt-BR`. */
    public string $language;
    /** What the source calls it, for people. */
    public ?string $name;
    /** @var list<string> In which formats the source has it. A download makes `vtt` or `srt` of it. */
    public array $extensions;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($language = Reading::text($raw, 'language')) !== null) {
            $this->language = $language;
        }
        $this->name = Reading::text($raw, 'name');
        if (($extensions = Reading::texts($raw, 'extensions')) !== null) {
            $this->extensions = $extensions;
        }
    }
}
