<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `manual`: people wrote the captions. `automatic`: a machine made them from the sound, or translated them. Absent in a request: `manual` before `automatic` in the same language. */
enum CaptionSource: string
{
    case Manual = 'manual';
    case Automatic = 'automatic';
}
