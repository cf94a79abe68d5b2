<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum EmbeddedPart: string
{
    case Metadata = 'metadata';
    case Chapters = 'chapters';
    case Thumbnail = 'thumbnail';
}
