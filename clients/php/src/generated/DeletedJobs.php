<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class DeletedJobs extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['deleted', 'refused', 'next_cursor'];

    /** @var list<string> The ids of the jobs that were removed. */
    public array $deleted;
    /** @var list<RefusedJob> Those that could not be, and why. */
    public array $refused;
    /** Send the same conditions with it as `cursor`: there may be more such jobs, also where this answer names none. null: there are no more. */
    public ?string $nextCursor;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($deleted = Reading::texts($raw, 'deleted')) !== null) {
            $this->deleted = $deleted;
        }
        if (($refused = Reading::objects($raw, 'refused', RefusedJob::from(...))) !== null) {
            $this->refused = $refused;
        }
        $this->nextCursor = Reading::text($raw, 'next_cursor');
    }
}
