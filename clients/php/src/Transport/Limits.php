<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

/** How long a transport may take, and when it has to stop. */
final readonly class Limits
{
    /**
     * @param float             $timeout     seconds until the head of the answer is there
     * @param float             $idleTimeout seconds in which nothing may come of the body while it is read
     * @param \Closure(): void  $check       is called several times a second; what it throws ends the request
     */
    public function __construct(public float $timeout, public float $idleTimeout, public \Closure $check)
    {
    }
}
