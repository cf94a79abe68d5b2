<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `none`: no provider of PO tokens is set up, and none are used. `unreachable`: it does not answer, and jobs go on without tokens. */
enum PoTokenProviderState: string
{
    case None = 'none';
    case Reachable = 'reachable';
    case Unreachable = 'unreachable';
}
