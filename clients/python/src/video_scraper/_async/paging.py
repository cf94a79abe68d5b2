"""Every item of every page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from ..page import Item, Page


async def each_item(page: Callable[[str | None], Awaitable[Page[Item]]]) -> AsyncIterator[Item]:
    """Each page is asked for when it is needed. `page` takes the cursor; `None` for the first."""
    cursor: str | None = None
    while True:
        found = await page(cursor)
        for item in found.items:
            yield item
        cursor = found.next_cursor
        if cursor is None:
            return
