<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\ApiKey;
use VideoScraper\Api\CreateKeyBody;
use VideoScraper\Api\IssuedKey;
use VideoScraper\Api\Operation;
use VideoScraper\Api\UpdateKeyBody;
use VideoScraper\CallOptions;
use VideoScraper\Page;
use VideoScraper\Reading;

/** API keys. They need a key with the scope `admin`. */
trait KeyMethods
{
    /**
     * `createKey`: the key itself is in this answer alone.
     *
     * @param CreateKeyBody|array<string, mixed> $body
     */
    public function createKey(CreateKeyBody|array $body, ?CallOptions $options = null): IssuedKey
    {
        return IssuedKey::from($this->data(Operation::CreateKey, $options, body: $body));
    }

    /**
     * `listKeys`: one page.
     *
     * @return Page<ApiKey>
     */
    public function listKeys(?int $limit = null, ?string $cursor = null, ?CallOptions $options = null): Page
    {
        $raw = $this->data(Operation::ListKeys, $options, query: ['limit' => $limit, 'cursor' => $cursor]);

        return new Page(Reading::objects($raw, 'keys', ApiKey::from(...)) ?? [], Reading::text($raw, 'next_cursor'));
    }

    /**
     * All keys, newest first.
     *
     * @return \Generator<int, ApiKey>
     */
    public function keys(?int $limit = null, ?CallOptions $options = null): \Generator
    {
        return Page::eachItem(fn (?string $cursor): Page => $this->listKeys($limit, $cursor, $options));
    }

    /** `getKey`. */
    public function getKey(string $id, ?CallOptions $options = null): ApiKey
    {
        return ApiKey::from($this->data(Operation::GetKey, $options, ['key_id' => $id]));
    }

    /**
     * `updateKey`.
     *
     * @param UpdateKeyBody|array<string, mixed> $body
     */
    public function updateKey(string $id, UpdateKeyBody|array $body, ?CallOptions $options = null): ApiKey
    {
        return ApiKey::from($this->data(Operation::UpdateKey, $options, ['key_id' => $id], body: $body));
    }

    /** `revokeKey`: for ever. */
    public function revokeKey(string $id, ?CallOptions $options = null): ApiKey
    {
        return ApiKey::from($this->data(Operation::RevokeKey, $options, ['key_id' => $id]));
    }

    /**
     * `rotateKey`: the new secret is in this answer alone.
     *
     * @param int|null $graceSeconds how long the secret before is still accepted; 0: not at all
     */
    public function rotateKey(string $id, ?int $graceSeconds = null, ?CallOptions $options = null): IssuedKey
    {
        $query = ['grace_seconds' => $graceSeconds];

        return IssuedKey::from($this->data(Operation::RotateKey, $options, ['key_id' => $id], $query));
    }
}
