"""Text of strangers for a terminal: no control character reaches it, none that turns the direction of writing either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_STEERING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain_text(value: object) -> str:
    return _STEERING.sub(" ", "" if value is None else str(value))


def table_text(rows: Sequence[Sequence[object]]) -> str:
    """Rows as columns; the first row is the head."""
    texts = [[plain_text(each) for each in row] for row in rows]
    widths = [max(_width(row[column]) for row in texts) for column in range(len(texts[0]))]
    return "\n".join(
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths)).rstrip() for row in texts
    )


def _width(text: str) -> int:
    """As the JavaScript command line counts: in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
