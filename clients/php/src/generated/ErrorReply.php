<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** An error. */
final readonly class ErrorReply extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['error', 'status_code', 'code', 'retryable'];

    /** What went wrong and what to do, for people. */
    public string $error;
    /** The status of this answer, repeated. */
    public int $statusCode;
    /** A stable word for programs. */
    public string $code;
    /** Whether the same request may work later. */
    public bool $retryable;
    /** Where this code is explained. */
    public ?string $docUrl;
    /** The id of the request, as in `X-Request-Id` and in the log. Name it when you report a problem. */
    public ?string $requestId;
    /** @var list<ErrorReplyDetails>|null Each problem of a request that is not valid. */
    public ?array $details;
    /** The same as `doc_url`. Only with `Accept: application/problem+json` (RFC 9457). */
    public ?string $type;
    /** What the code means in general. Only with `Accept: application/problem+json` (RFC 9457). */
    public ?string $title;
    /** The same as `status_code`. Only with `Accept: application/problem+json` (RFC 9457). */
    public ?int $status;
    /** The same as `error`. Only with `Accept: application/problem+json` (RFC 9457). */
    public ?string $detail;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($error = Reading::text($raw, 'error')) !== null) {
            $this->error = $error;
        }
        if (($statusCode = Reading::integer($raw, 'status_code')) !== null) {
            $this->statusCode = $statusCode;
        }
        if (($code = Reading::text($raw, 'code')) !== null) {
            $this->code = $code;
        }
        if (($retryable = Reading::flag($raw, 'retryable')) !== null) {
            $this->retryable = $retryable;
        }
        $this->docUrl = Reading::text($raw, 'doc_url');
        $this->requestId = Reading::text($raw, 'request_id');
        $this->details = Reading::objects($raw, 'details', ErrorReplyDetails::from(...));
        $this->type = Reading::text($raw, 'type');
        $this->title = Reading::text($raw, 'title');
        $this->status = Reading::integer($raw, 'status');
        $this->detail = Reading::text($raw, 'detail');
    }
}
