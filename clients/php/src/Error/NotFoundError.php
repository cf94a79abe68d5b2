<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** 404: it is not there, not any more (`file_expired`), or not yours. */
final class NotFoundError extends VideoScraperError
{
}
