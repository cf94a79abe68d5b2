<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** A cookie, as extensions of browsers, Playwright and Puppeteer export it. A field that is not given is not sent. */
final readonly class JsonCookie extends Fields
{
    /**
     * @param string $domain With a dot in front, it is also sent to the names below.
     * @param string $name
     * @param string $value
     * @param string|null $path Absent: `/`.
     * @param float|null|Absent $expires Seconds since 1970. Absent, null, 0 or negative: until the session ends.
     * @param float|null|Absent $expirationDate Seconds since 1970. Absent, null, 0 or negative: until the session ends.
     * @param bool|null $secure
     * @param bool|null $httpOnly
     * @param bool|null $hostOnly true: never sent to the names below `domain`.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public string $domain,
        public string $name,
        public string $value,
        public ?string $path = null,
        public float|Absent|null $expires = Absent::Field,
        public float|Absent|null $expirationDate = Absent::Field,
        public ?bool $secure = null,
        public ?bool $httpOnly = null,
        public ?bool $hostOnly = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'domain' => $this->domain,
            'name' => $this->name,
            'value' => $this->value,
            'path' => $this->path ?? Absent::Field,
            'expires' => $this->expires,
            'expirationDate' => $this->expirationDate,
            'secure' => $this->secure ?? Absent::Field,
            'httpOnly' => $this->httpOnly ?? Absent::Field,
            'hostOnly' => $this->hostOnly ?? Absent::Field,
        ]) + $this->more;
    }
}
