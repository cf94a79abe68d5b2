<?php

declare(strict_types=1);

namespace VideoScraper\Error;

/** The webhook is not from the service (`signature_invalid`), or too old, or of the future (`timestamp_out_of_range`). */
final class WebhookVerificationError extends VideoScraperError
{
}
