<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** `duplicate`: an entry before it has the same address. `no_address`: the list has none for it alone. `invalid_url`: its address is none that a job can have. `list_too_large`: the addresses and titles of the entries up to it take more than 1 MiB. `job_removed`: its job was removed before the playlist saw its end. `playlist_failed`: the playlist ended before its turn. */
enum EntrySkipCode: string
{
    case Duplicate = 'duplicate';
    case NoAddress = 'no_address';
    case InvalidUrl = 'invalid_url';
    case ListTooLarge = 'list_too_large';
    case JobRemoved = 'job_removed';
    case PlaylistFailed = 'playlist_failed';
}
