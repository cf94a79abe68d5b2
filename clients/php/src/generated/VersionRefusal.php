<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** Why a version of yt-dlp is not used: it does not do what jobs need, it broke on more jobs than the version before, or somebody said so. */
enum VersionRefusal: string
{
    case SelfCheckFailed = 'self_check_failed';
    case BrokeMoreOften = 'broke_more_often';
    case ByHand = 'by_hand';
}
