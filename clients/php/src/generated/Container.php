<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** What kind of file picture and sound shall be put into. Formats that fit into it without being encoded again are taken before others. Where the source has none, the warning `container_unavailable` says so. Absent: mp4 or webm where the best formats fit into it, else mkv. */
enum Container: string
{
    case Mp4 = 'mp4';
    case Webm = 'webm';
    case Mkv = 'mkv';
}
