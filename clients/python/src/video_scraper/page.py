"""Lists that come in pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    items: Sequence[Item]
    next_cursor: str | None
    """Give it as `cursor` to get the next page; `None` on the last one."""


def cursor_of(link: str | None) -> str | None:
    """The cursor in `Link: <…>; rel="next"` (RFC 8288)."""
    match = re.search(r'<([^>]*)>\s*;[^,]*\brel="?next\b', link or "")
    cursors = parse_qs(urlsplit(match[1]).query).get("cursor") if match else None
    return cursors[0] if cursors else None
