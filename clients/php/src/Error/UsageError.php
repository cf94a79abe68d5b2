<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** The client was set up or called in a way that cannot work; nothing was sent. */
final class UsageError extends VideoScraperError
{
}
