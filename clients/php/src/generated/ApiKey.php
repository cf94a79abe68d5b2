<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** An API key, without its secret. */
final readonly class ApiKey extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['id', 'name', 'status', 'scopes', 'allowed_addresses', 'limits', 'created_at', 'expires_at', 'revoked_at', 'last_used_at', 'previous_valid_until'];

    /** The key itself begins with `vsk_`, this id and `_`. */
    public string $id;
    public string $name;
    public ApiKeyStatus|string $status;
    /** @var list<KeyScope|string> */
    public array $scopes;
    /** @var list<string> Empty: from anywhere. */
    public array $allowedAddresses;
    public KeyLimits $limits;
    /** When the key was made. RFC 3339, UTC. */
    public string $createdAt;
    /** When the key expires. RFC 3339, UTC; null when it never does. */
    public ?string $expiresAt;
    /** When the key was revoked. RFC 3339, UTC; null when it was not. */
    public ?string $revokedAt;
    /** When the key was last accepted, to the minute. RFC 3339, UTC; null when it never was. */
    public ?string $lastUsedAt;
    /** After a rotation: until when the secret before is accepted. RFC 3339, UTC; null when it is not. */
    public ?string $previousValidUntil;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($id = Reading::text($raw, 'id')) !== null) {
            $this->id = $id;
        }
        if (($name = Reading::text($raw, 'name')) !== null) {
            $this->name = $name;
        }
        if (($status = Reading::word($raw, 'status', ApiKeyStatus::class)) !== null) {
            $this->status = $status;
        }
        if (($scopes = Reading::words($raw, 'scopes', KeyScope::class)) !== null) {
            $this->scopes = $scopes;
        }
        if (($allowedAddresses = Reading::texts($raw, 'allowed_addresses')) !== null) {
            $this->allowedAddresses = $allowedAddresses;
        }
        if (($limits = Reading::object($raw, 'limits', KeyLimits::from(...))) !== null) {
            $this->limits = $limits;
        }
        if (($createdAt = Reading::text($raw, 'created_at')) !== null) {
            $this->createdAt = $createdAt;
        }
        $this->expiresAt = Reading::text($raw, 'expires_at');
        $this->revokedAt = Reading::text($raw, 'revoked_at');
        $this->lastUsedAt = Reading::text($raw, 'last_used_at');
        $this->previousValidUntil = Reading::text($raw, 'previous_valid_until');
    }
}
