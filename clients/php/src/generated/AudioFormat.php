<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** What kind of file the sound of `"media": "audio"` shall be. Sound that is encoded so already is not encoded again. `flac` and `wav` keep what the source has, and make it no better. Absent: `best`, as the source has it. */
enum AudioFormat: string
{
    case Best = 'best';
    case Mp3 = 'mp3';
    case M4a = 'm4a';
    case Opus = 'opus';
    case Flac = 'flac';
    case Wav = 'wav';
}
