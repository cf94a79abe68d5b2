<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class KeyList extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['keys', 'next_cursor'];

    /** @var list<ApiKey> Newest first, revoked ones included. */
    public array $keys;
    /** Give it as `cursor` to get the next page; null on the last one. */
    public ?string $nextCursor;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($keys = Reading::objects($raw, 'keys', ApiKey::from(...))) !== null) {
            $this->keys = $keys;
        }
        $this->nextCursor = Reading::text($raw, 'next_cursor');
    }
}
