<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** A job that was selected, and for which it was too late or too early. */
final readonly class RefusedJob extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['id', 'error', 'status_code', 'code'];

    /** A `job_id` or a `download_id`. */
    public string $id;
    /** Why nothing was done to it, for people. */
    public string $error;
    /** The status that a request for this job alone would have had. */
    public int $statusCode;
    /** The same for programs. */
    public string $code;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($id = Reading::text($raw, 'id')) !== null) {
            $this->id = $id;
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
