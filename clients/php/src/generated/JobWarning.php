<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** What a job could not have, without failing over it. */
final readonly class JobWarning extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['code', 'message'];

    public JobWarningCode|string $code;
    /** What is missing, for people. */
    public string $message;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($code = Reading::word($raw, 'code', JobWarningCode::class)) !== null) {
            $this->code = $code;
        }
        if (($message = Reading::text($raw, 'message')) !== null) {
            $this->message = $message;
        }
    }
}
