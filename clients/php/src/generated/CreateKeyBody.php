<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** The body of a request. A field that is not given is not sent. */
final readonly class CreateKeyBody extends Fields
{
    /**
     * @param string $name For people: who uses the key, and what for.
     * @param list<KeyScope|string> $scopes `read` looks, `write` makes, cancels and deletes, `admin` manages keys. None implies another.
     * @param string|null|Absent $expiresAt RFC 3339, in the future: from then on the key is refused. Null: never.
     * @param list<string>|null $allowedAddresses Addresses and CIDRs from which the key may be used. Empty: from anywhere.
     * @param CreateKeyBodyLimits|null $limits Limits of this key alone: null is the default of the service, 0 is no limit.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public string $name,
        public array $scopes,
        public string|Absent|null $expiresAt = Absent::Field,
        public ?array $allowedAddresses = null,
        public ?CreateKeyBodyLimits $limits = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'name' => $this->name,
            'scopes' => $this->scopes,
            'expires_at' => $this->expiresAt,
            'allowed_addresses' => $this->allowedAddresses ?? Absent::Field,
            'limits' => $this->limits ?? Absent::Field,
        ]) + $this->more;
    }
}
