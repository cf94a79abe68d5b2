# Made from _async/paging.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""Every item of every page."""

from __future__ import annotations

from collections.abc import Iterator, Callable

from ..page import Item, Page


def each_item(page: Callable[[str | None], Page[Item]]) -> Iterator[Item]:
    """Each page is asked for when it is needed. `page` takes the cursor; `None` for the first."""
    cursor: str | None = None
    while True:
        found = page(cursor)
        for item in found.items:
            yield item
        cursor = found.next_cursor
        if cursor is None:
            return
