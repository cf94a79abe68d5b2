<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** One attempt to deliver an event. */
final readonly class DeliveryAttempt extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['at', 'latency_ms', 'response_status', 'response_body', 'error'];

    /** When it began. RFC 3339, UTC. */
    public string $at;
    public int $latencyMs;
    /** Null: there was no answer; `error` says why. */
    public ?int $responseStatus;
    /** The first bytes of the answer, as text. */
    public ?string $responseBody;
    /** Why the attempt does not count as delivered. */
    public ?string $error;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($at = Reading::text($raw, 'at')) !== null) {
            $this->at = $at;
        }
        if (($latencyMs = Reading::integer($raw, 'latency_ms')) !== null) {
            $this->latencyMs = $latencyMs;
        }
        $this->responseStatus = Reading::integer($raw, 'response_status');
        $this->responseBody = Reading::text($raw, 'response_body');
        $this->error = Reading::text($raw, 'error');
    }
}
