<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** 400 and whatever else is refused for what it says. */
final class InvalidRequestError extends VideoScraperError
{
}
