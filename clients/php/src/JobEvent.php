<?php

declare(strict_types=1);

namespace VideoScraper;

use VideoScraper\Api\Download;
use VideoScraper\Api\Job;

/** Something has happened to a job. */
final readonly class JobEvent implements \JsonSerializable
{
    /**
     * @param string                $type `snapshot` while the job goes on, `end` when it has ended; a newer service may have others
     * @param Job|Download|null $job  what GET of the job answers at that moment; null with a type that this version does not know
     * @param array<string, mixed>  $data what came, to the letter
     */
    public function __construct(
        public string $type,
        public string $id,
        public Job|Download|null $job,
        public array $data,
    ) {
    }

    public function jsonSerialize(): mixed
    {
        return ['type' => $this->type, 'id' => $this->id, 'job' => $this->data];
    }
}
