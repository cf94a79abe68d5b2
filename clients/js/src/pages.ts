/** Lists that come in pages. */

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Give it as `cursor` to get the next page; null on the last one. */
  readonly nextCursor: string | null
}

/** Every item of every page, each page asked for when it is needed. */
export async function* eachItem<Item>(
  page: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await page(cursor)
    yield* items
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** The cursor in `Link: <…>; rel="next"` (RFC 8288). */
export function cursorOf(headers: Headers): string | null {
  const [, address] = /<([^>]*)>\s*;[^,]*\brel="?next\b/.exec(headers.get('link') ?? '') ?? []
  return address === undefined ? null : new URL(address, 'http://localhost').searchParams.get('cursor')
}
