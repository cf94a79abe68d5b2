<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** Which kind of job is made of each entry. Absent: `download`. */
enum EntryKind: string
{
    case Download = 'download';
    case Info = 'info';
    case Transcript = 'transcript';
}
