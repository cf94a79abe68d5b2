<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum WebhookStatus: string
{
    case Active = 'active';
    case Paused = 'paused';
    case Ended = 'ended';
}
