# Made from _async/ended_entries.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""Gives the entries of a playlist one by one, each once it has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..deadline import Deadline
from ..errors import VideoScraperError
from ..page import Page
from ..retries import is_passing
from ..schemas import Job, PlaylistEntry, PlaylistSummary
from .primitives import heard
from .wait import has_ended

_UNDER_WAY: Final = frozenset({"queued", "running"})
_ENDED: Final = frozenset({"completed", "failed", "cancelled", "skipped"})


class EndedEntries:
    """
    `see` has to be called with each state of the playlist. `page` reads one page of the entries of a job. The order is that of their
    ends, as far as it was seen.
    """

    def __init__(
        self,
        page: Callable[[str, str | None, Deadline], Page[PlaylistEntry]],
        on_entry: Callable[[PlaylistEntry], object],
    ) -> None:
        self._page: Final = page
        self._on_entry: Final = on_entry
        self._given: Final[set[int]] = set()
        self._first: str | None = None
        """The first page that may hold an entry that was not given: pages before it are not read again."""
        self._last_count = 0

    def see(self, job: Job, deadline: Deadline) -> None:
        is_over = has_ended(job)
        count = _ended_of(job)
        if count is None or (count == self._last_count and not is_over):
            return
        cursor = self._first
        while True:
            try:
                page = self._page(job.job_id, cursor, deadline)
            except VideoScraperError as error:
                if is_over or not is_passing(error):
                    raise
                # The next state that is seen leads here again.
                return
            ended = [each for each in page.items if _is_end(each, is_over)]
            for entry in ended:
                if entry.position not in self._given:
                    self._given.add(entry.position)
                    heard(self._on_entry(entry))
                    deadline.check()
            if page.next_cursor is None:
                break
            if cursor == self._first and len(ended) == len(page.items):
                self._first = page.next_cursor
            # Entries are begun in their order: behind a page on which none has ended there is nothing to give yet.
            elif not is_over and not ended:
                break
            cursor = page.next_cursor
        self._last_count = count


def _is_end(entry: PlaylistEntry, is_over: bool) -> bool:
    """A word that is not known is an end only where nothing goes on any more."""
    return entry.state in _ENDED or (is_over and entry.state not in _UNDER_WAY)


def _ended_of(job: Job) -> int | None:
    """How many entries have ended; `None` where the list has not been read."""
    summary: PlaylistSummary | None = getattr(job, "summary", None)
    return None if summary is None else summary.total - summary.queued - summary.running
