<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** The file that came is not the one that was announced (`digest_differs`). */
final class IntegrityError extends VideoScraperError
{
}
