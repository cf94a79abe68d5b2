<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Fields;

/** Where the finished file is delivered to, before the job completes. The file also stays here, as always. One address takes one file, so this must not stand beside `urls`, `clips`, `chapters`, `thumbnail`, and `subtitles` that are files. Where the store refuses the file, the job fails with `delivery_refused`; where it cannot be reached or does not answer well in three attempts, with `delivery_failed`. A field that is not given is not sent. */
final readonly class Destination extends Fields
{
    /**
     * @param string $putUrl A presigned address of your own store, http or https, without credentials. The file is sent there with one `PUT`, with `Content-Length` and with its media type as `Content-Type`, so sign it for that media type or for none. Redirects are not followed. It must be a public address, and stay valid until the file has been fetched.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public string $putUrl,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'put_url' => $this->putUrl,
        ]) + $this->more;
    }
}
