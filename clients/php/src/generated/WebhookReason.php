<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `requested` by you; `failing`: a delivery failed to its end; `backlog`: too many deliveries wait; `gone`: the receiver answered 410. */
enum WebhookReason: string
{
    case Requested = 'requested';
    case Failing = 'failing';
    case Backlog = 'backlog';
    case Gone = 'gone';
}
