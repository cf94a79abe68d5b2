<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** Your own `stopWhen` has ended the call (`aborted`). The job goes on, unless `cancelOnStop` was set. */
final class Aborted extends VideoScraperError
{
    public function __construct()
    {
        parent::__construct('The call was stopped.', 'aborted');
    }
}
