<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** WebVTT or SubRip; what the source has in another format is rewritten. Absent: `vtt`. */
enum SubtitleOptionsFormat: string
{
    case Vtt = 'vtt';
    case Srt = 'srt';
}
