<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** 401: no key, or none that is valid. */
final class AuthenticationError extends VideoScraperError
{
}
