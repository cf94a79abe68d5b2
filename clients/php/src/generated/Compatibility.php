<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `universal`: H.264 with AAC in mp4, which all usual players and browsers play, before the size of the picture counts. Where the source does not have it, the warning `compatibility_unavailable` says so; with `transcode` it is encoded again. Absent: the best picture. */
enum Compatibility: string
{
    case Universal = 'universal';
}
