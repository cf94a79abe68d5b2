<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** Where newer versions come from. */
enum EngineUpdatesChannel: string
{
    case Stable = 'stable';
    case Nightly = 'nightly';
}
