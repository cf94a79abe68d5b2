<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** Nothing came in time (`timed_out`). */
final class TimeoutError extends VideoScraperError
{
}
