<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** How large the picture shall be: a height, `best`, or `smallest` for the smallest file. Where the height is not to be had, the next smaller one is taken, else the next larger one, and the warning `quality_unavailable` says so. A picture that is cropped or upright counts as the height that its wider side stands for. Absent: `best`. */
enum Quality: string
{
    case Best = 'best';
    case P4320 = '4320p';
    case P2160 = '2160p';
    case P1440 = '1440p';
    case P1080 = '1080p';
    case P720 = '720p';
    case P480 = '480p';
    case P360 = '360p';
    case P240 = '240p';
    case P144 = '144p';
    case Smallest = 'smallest';
}
