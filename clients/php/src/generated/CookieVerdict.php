<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `unknown`: no job has ended with this set yet. `valid`: the last one that used it was not asked to sign in. `rotated`: the same, and the site has replaced cookies of the set since it was stored, so the export that it was made from is out of date. `expired`: all cookies are past their time, or the site no longer takes them; store new ones. */
enum CookieVerdict: string
{
    case Valid = 'valid';
    case Expired = 'expired';
    case Rotated = 'rotated';
    case Unknown = 'unknown';
}
