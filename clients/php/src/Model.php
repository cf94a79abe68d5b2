<?php

declare(strict_types=1);

namespace VideoScraper;

/**
 * What the service says. A word that this version does not know is a string where the others are cases of an enum. A property
 * that the service left out although it is always there can not be read; nothing else is harmed by that.
 */
abstract readonly class Model implements \JsonSerializable
{
    /** @param array<string, mixed> $raw what the service said, to the letter, with fields that this version does not know */
    public function __construct(public array $raw)
    {
    }

    /** @param array<string, mixed> $raw */
    final public static function from(array $raw): static
    {
        return new static($raw);
    }

    /** @return array<string, mixed> */
    public function jsonSerialize(): array
    {
        return $this->raw;
    }
}
