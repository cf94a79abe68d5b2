<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** 403: the key, the address or the link may not do this. */
final class PermissionError extends VideoScraperError
{
}
