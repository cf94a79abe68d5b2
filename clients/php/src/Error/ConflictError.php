<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** 409: the state of the job, the key or the webhook does not allow it. */
final class ConflictError extends VideoScraperError
{
}
