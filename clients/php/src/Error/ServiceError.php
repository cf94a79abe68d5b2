<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** 408 and 5xx: the service, or what stands in front of it, could not do it. */
final class ServiceError extends VideoScraperError
{
}
