<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `site_rest`: the site has refused too often, and is left alone for a while. `site_rate`: the site is asked only so often, and other jobs are first. `transcode_turn`: a download with `transcode`, and as many of them run as may at once. */
enum JobWaitReason: string
{
    case SiteRest = 'site_rest';
    case SiteRate = 'site_rate';
    case TranscodeTurn = 'transcode_turn';
}
