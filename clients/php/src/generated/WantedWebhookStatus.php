<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** Pauses, or starts again whatever the reason of the pause was. */
enum WantedWebhookStatus: string
{
    case Active = 'active';
    case Paused = 'paused';
}
