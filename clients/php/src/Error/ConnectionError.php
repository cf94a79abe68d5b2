<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** There was no answer (`connection_failed`), or it broke off, or it is none of this service (`unreadable_answer`). */
final class ConnectionError extends VideoScraperError
{
}
