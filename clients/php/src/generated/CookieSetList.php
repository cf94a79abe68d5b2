<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class CookieSetList extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['cookies'];

    /** @var list<CookieSetReply> By name. */
    public array $cookies;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($cookies = Reading::objects($raw, 'cookies', CookieSetReply::from(...))) !== null) {
            $this->cookies = $cookies;
        }
    }
}
