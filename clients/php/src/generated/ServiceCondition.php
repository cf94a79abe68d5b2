<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `degraded`: jobs cannot be accepted (no queue), or are accepted and wait (no worker). */
enum ServiceCondition: string
{
    case Operational = 'operational';
    case Degraded = 'degraded';
}
