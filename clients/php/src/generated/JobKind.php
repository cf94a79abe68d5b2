<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum JobKind: string
{
    case Info = 'info';
    case Download = 'download';
    case Transcript = 'transcript';
    case Playlist = 'playlist';
}
