<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum JobPhase: string
{
    case Queued = 'queued';
    case Extracting = 'extracting';
    case Downloading = 'downloading';
    case Processing = 'processing';
    case Finalizing = 'finalizing';
}
