<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class TranscriptBatchAccepted extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['jobs'];

    /** @var list<TranscriptAccepted|RefusedUrl> One for each address, in their order: what a request for it alone is answered, or why it was refused. */
    public array $jobs;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($jobs = Reading::objects($raw, 'jobs', static fn (array $each) => Reading::choice($each, TranscriptAccepted::class, RefusedUrl::class))) !== null) {
            $this->jobs = $jobs;
        }
    }
}
