<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** Those that the log says this of. */
enum ReplayedStatus: string
{
    case Skipped = 'skipped';
    case Failed = 'failed';
    case Pending = 'pending';
}
