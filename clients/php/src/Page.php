<?php

declare(strict_types=1);

namespace VideoScraper;

use Psr\Http\Message\ResponseInterface;

/**
 * One page of a list.
 *
 * @template Item
 */
final readonly class Page
{
    /**
     * @param list<Item>  $items
     * @param string|null $nextCursor give it as `cursor` to get the next page; null on the last one
     */
    public function __construct(public array $items, public ?string $nextCursor)
    {
    }

    /**
     * Every item of every page, each page asked for when it is needed.
     *
     * @template Each
     *
     * @param \Closure(string|null): self<Each> $page
     *
     * @return \Generator<int, Each>
     *
     * @internal
     */
    public static function eachItem(\Closure $page): \Generator
    {
        $cursor = null;
        do {
            $one = $page($cursor);
            foreach ($one->items as $item) {
                yield $item;
            }
            $cursor = $one->nextCursor;
        } while ($cursor !== null);
    }

    /**
     * The cursor in `Link: <…>; rel="next"` (RFC 8288).
     *
     * @internal
     */
    public static function cursorOf(ResponseInterface $response): ?string
    {
        $link = $response->getHeaderLine('Link');
        if (preg_match('/<([^>]*)>\s*;[^,]*\brel="?next\b/', $link, $found) !== 1) {
            return null;
        }
        parse_str((string) parse_url($found[1], PHP_URL_QUERY), $query);

        return is_string($query['cursor'] ?? null) ? $query['cursor'] : null;
    }
}
