<?php

declare(strict_types=1);

namespace VideoScraper;

/**
 * Reads fields of JSON. What is not there, or is something else than this version knows, is null.
 *
 * @internal
 */
final class Reading
{
    /** @param array<string, mixed> $raw */
    public static function text(array $raw, string $name): ?string
    {
        $value = $raw[$name] ?? null;

        return is_string($value) ? $value : null;
    }

    /** @param array<string, mixed> $raw */
    public static function any(array $raw, string $name): mixed
    {
        return $raw[$name] ?? null;
    }

    /** @param array<string, mixed> $raw */
    public static function integer(array $raw, string $name): ?int
    {
        $value = $raw[$name] ?? null;
        // JSON knows one kind of number: 3.0 is as whole as 3.
        if (is_float($value) && floor($value) === $value && abs($value) < 2 ** 53) {
            return (int) $value;
        }

        return is_int($value) ? $value : null;
    }

    /** @param array<string, mixed> $raw */
    public static function number(array $raw, string $name): ?float
    {
        $value = $raw[$name] ?? null;

        return is_int($value) || is_float($value) ? (float) $value : null;
    }

    /** @param array<string, mixed> $raw */
    public static function flag(array $raw, string $name): ?bool
    {
        $value = $raw[$name] ?? null;

        return is_bool($value) ? $value : null;
    }

    /**
     * @param array<string, mixed> $raw
     *
     * @return array<string, mixed>|null
     */
    public static function map(array $raw, string $name): ?array
    {
        $value = $raw[$name] ?? null;

        return is_array($value) ? $value : null;
    }

    /**
     * The case of the word, or the word itself when it is none of this version.
     *
     * @template Word of \BackedEnum
     *
     * @param array<string, mixed> $raw
     * @param class-string<Word>   $words
     *
     * @return Word|string|null
     */
    public static function word(array $raw, string $name, string $words): \BackedEnum|string|null
    {
        $value = self::text($raw, $name);

        return $value === null ? null : ($words::tryFrom($value) ?? $value);
    }

    /**
     * @template Read
     *
     * @param array<string, mixed>                  $raw
     * @param \Closure(array<string, mixed>): Read $read
     *
     * @return Read|null
     */
    public static function object(array $raw, string $name, \Closure $read): mixed
    {
        $value = self::map($raw, $name);

        return $value === null ? null : $read($value);
    }

    /**
     * @param array<string, mixed> $raw
     *
     * @return list<string>|null
     */
    public static function texts(array $raw, string $name): ?array
    {
        $values = self::map($raw, $name);

        return $values === null ? null : array_values(array_filter($values, is_string(...)));
    }

    /**
     * @template Word of \BackedEnum
     *
     * @param array<string, mixed> $raw
     * @param class-string<Word>   $words
     *
     * @return list<Word|string>|null
     */
    public static function words(array $raw, string $name, string $words): ?array
    {
        $values = self::texts($raw, $name);

        return $values === null ? null : array_map(static fn (string $word) => $words::tryFrom($word) ?? $word, $values);
    }

    /**
     * @template Read
     *
     * @param array<string, mixed>                  $raw
     * @param \Closure(array<string, mixed>): Read $read
     *
     * @return list<Read>|null
     */
    public static function objects(array $raw, string $name, \Closure $read): ?array
    {
        $values = self::map($raw, $name);

        return $values === null ? null : self::each($values, $read);
    }

    /**
     * @template Read
     *
     * @param array<mixed>                          $values
     * @param \Closure(array<string, mixed>): Read $read
     *
     * @return list<Read>
     */
    public static function each(array $values, \Closure $read): array
    {
        return array_map($read, array_values(array_filter($values, is_array(...))));
    }

    /**
     * The first of the classes whose fields are all there, else the last one.
     *
     * @template Read of Model
     *
     * @param array<string, mixed> $raw
     * @param class-string<Read>   $classes
     *
     * @return Read
     */
    public static function choice(array $raw, string ...$classes): Model
    {
        $last = array_pop($classes);
        foreach ($classes as $class) {
            if (array_diff_key(array_flip(constant("{$class}::REQUIRED")), $raw) === []) {
                return $class::from($raw);
            }
        }

        return $last::from($raw);
    }
}
