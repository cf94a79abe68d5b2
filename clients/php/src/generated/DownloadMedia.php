<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `audio`: the sound alone, with title, artist and date as tags. Without an `audio_format` it stays encoded as it is. Absent: `video`. */
enum DownloadMedia: string
{
    case Video = 'video';
    case Audio = 'audio';
}
