<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** Only jobs whose status is this word. An info job that has not ended is `processing`, a download that has not ended is `in_progress`. */
enum JobStatusWord: string
{
    case Processing = 'processing';
    case Completed = 'completed';
    case Failed = 'failed';
    case Cancelled = 'cancelled';
    case InProgress = 'in_progress';
}
