<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** An address of a batch for which no job was made. */
final readonly class RefusedUrl extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['url', 'error', 'status_code', 'code'];

    /** As it was sent. */
    public string $url;
    /** Why there is no job for it, for people. */
    public string $error;
    /** The status that a request for this address alone would have had. */
    public int $statusCode;
    /** The same for programs. */
    public string $code;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($url = Reading::text($raw, 'url')) !== null) {
            $this->url = $url;
        }
        if (($error = Reading::text($raw, 'error')) !== null) {
            $this->error = $error;
        }
        if (($statusCode = Reading::integer($raw, 'status_code')) !== null) {
            $this->statusCode = $statusCode;
        }
        if (($code = Reading::text($raw, 'code')) !== null) {
            $this->code = $code;
        }
    }
}
