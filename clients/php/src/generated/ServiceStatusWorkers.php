<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum ServiceStatusWorkers: string
{
    case Alive = 'alive';
    case None = 'none';
    case Unknown = 'unknown';
}
