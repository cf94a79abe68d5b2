<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class ErrorReplyDetails extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['field', 'message'];

    /** JSON pointer, or the name of the parameter. */
    public string $field;
    public string $message;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($field = Reading::text($raw, 'field')) !== null) {
            $this->field = $field;
        }
        if (($message = Reading::text($raw, 'message')) !== null) {
            $this->message = $message;
        }
    }
}
