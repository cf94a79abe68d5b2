<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum SupportLevel: string
{
    case Full = 'full';
    case Partial = 'partial';
    case Generic = 'generic';
    case Broken = 'broken';
}
