<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class PlaylistEntries extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['entries', 'next_cursor'];

    /** @var list<PlaylistEntry> In the order in which they were chosen. Empty until the list has been read. */
    public array $entries;
    /** Give it as `cursor` to get the next page; null on the last one. */
    public ?string $nextCursor;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($entries = Reading::objects($raw, 'entries', PlaylistEntry::from(...))) !== null) {
            $this->entries = $entries;
        }
        $this->nextCursor = Reading::text($raw, 'next_cursor');
    }
}
