<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** 429: a limit was reached; `retryAfter` says when to try again. */
final class RateLimitError extends VideoScraperError
{
}
