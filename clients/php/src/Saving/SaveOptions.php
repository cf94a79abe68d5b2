<?php

declare(strict_types=1);

namespace VideoScraper\Saving;

/** What `save` takes. */
final readonly class SaveOptions
{
    /**
     * @param (\Closure(string, int, int): mixed)|null $onProgress is given the name of the file, the bytes that are there, and all of them
     * @param (\Closure(): bool)|null                  $stopWhen   is asked several times a second; true ends the call with an `Aborted`
     * @param float|null                               $timeout    how many seconds it may take until an answer begins; null: as the client does
     * @param int|null                                 $retries    how often a request is repeated; null: as the client does
     * @param array<string, string>                    $headers    sent with each request
     */
    public function __construct(
        public ?\Closure $onProgress = null,
        public ?\Closure $stopWhen = null,
        public ?float $timeout = null,
        public ?int $retries = null,
        public array $headers = [],
    ) {
    }
}
