<?php

declare(strict_types=1);

namespace VideoScraper;

/** What is sent: made with named arguments; what was not given is not sent. */
abstract readonly class Fields implements \JsonSerializable
{
    /** @return array<string, mixed> in the words of the API */
    abstract public function toArray(): array;

    public function jsonSerialize(): object
    {
        return (object) $this->toArray();
    }

    /**
     * The body of a request for these addresses.
     *
     * @param array<string, mixed>      $addresses
     * @param self|array<string, mixed> $fields
     *
     * @return array<string, mixed>
     *
     * @internal
     */
    public static function forAddresses(array $addresses, self|array $fields): array
    {
        return $addresses + ($fields instanceof self ? $fields->toArray() : $fields);
    }

    /** @param array<string, mixed>|null $map */
    protected static function map(?array $map): object
    {
        return $map === null ? Absent::Field : (object) $map;
    }

    /**
     * @param array<string, mixed> $fields
     *
     * @return array<string, mixed>
     */
    protected static function given(array $fields): array
    {
        return array_filter($fields, static fn (mixed $value): bool => $value !== Absent::Field);
    }
}
