<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** What a file of a download is for. The first `media` file is what the keys outside of `files` describe. */
enum FileRole: string
{
    case Media = 'media';
    case Clip = 'clip';
    case Chapter = 'chapter';
    case Subtitle = 'subtitle';
    case Transcript = 'transcript';
    case Thumbnail = 'thumbnail';
    case Info = 'info';
}
