<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `attachment` (default) saves the file, `inline` shows it. */
enum CreateFileLinkBodyDisposition: string
{
    case Attachment = 'attachment';
    case Inline = 'inline';
}
