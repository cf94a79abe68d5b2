<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum TranscriptForm: string
{
    case Json = 'json';
    case Text = 'text';
    case Srt = 'srt';
    case Vtt = 'vtt';
}
