"""Reads server-sent events (WHATWG HTML, 9.2) from pieces of a body."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .errors import ConnectionError

_LONGEST_EVENT: Final = 16 * 1024 * 1024
"""Letters. No event of the service is as long."""

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class ServerSentEvent:
    type: str
    data: str
    id: str
    """The last id that was given, by this event or one before."""
    retry: float | None
    """Seconds, when the service has said how long to wait before coming back."""


class EventParser:
    """One for each stream. What follows the last line end is no line: the body was cut there."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._pending: list[str] = []
        self._is_after_return = False
        self._size = 0
        self._type = ""
        self._data: list[str] = []
        self._id = ""
        self._retry: float | None = None

    def feed(self, piece: bytes) -> Iterator[ServerSentEvent]:
        """The events that end in this piece. Raises a `ConnectionError` when one is too long."""
        for line in self._lines(self._decoder.decode(piece)):
            event = self._take(line)
            if event is not None:
                yield event

    def _lines(self, text: str) -> Iterator[str]:
        # A line feed that follows a carriage return belongs to it, also in another piece.
        if self._is_after_return and text.startswith("\n"):
            text = text[1:]
            self._is_after_return = False
        if not text:
            return
        self._is_after_return = text.endswith("\r")
        self._size += len(text)
        if self._size > _LONGEST_EVENT:
            raise ConnectionError("An event is too long.", code="unreadable_answer")
        *ended, rest = _LINE_END.split(text)
        for line in ended:
            self._pending.append(line)
            whole = "".join(self._pending)
            self._pending.clear()
            yield whole
        if rest:
            self._pending.append(rest)

    def _take(self, line: str) -> ServerSentEvent | None:
        """Returns the event when `line` is the empty one that ends it."""
        if line:
            name, _, value = line.partition(":")
            self._set(name, value[1:] if value.startswith(" ") else value)
            return None
        self._size = 0
        data, self._data = self._data, []
        type_, self._type = self._type, ""
        return ServerSentEvent(type_ or "message", "\n".join(data), self._id, self._retry) if data else None

    def _set(self, name: str, value: str) -> None:
        if name == "event":
            self._type = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and re.fullmatch(r"[0-9]{1,9}", value):
            self._retry = int(value) / 1000
