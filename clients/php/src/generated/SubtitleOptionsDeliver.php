<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `file`: files beside the media. `embedded`: tracks of the media file, which then keeps its picture and sound as they are. `both`. Where they do not fit into the media file they lie beside it, and the warning `subtitles_not_embedded` says so. Absent: `file`. */
enum SubtitleOptionsDeliver: string
{
    case File = 'file';
    case Embedded = 'embedded';
    case Both = 'both';
}
