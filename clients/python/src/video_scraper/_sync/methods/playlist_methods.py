# Made from _async/methods/playlist_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""Playlists, and their entries."""

from __future__ import annotations

from collections.abc import Iterator, Callable
from typing import Final, cast

from typing_extensions import Unpack

from ... import operations
from ...bodies import ListEntriesQuery, PlaylistFields
from ...deadline import Deadline
from ...options import CallOptions, PlaylistOptions, StartOptions
from ...page import Page
from ...request import random_key
from ...schemas import Job, PlaylistAccepted, PlaylistEntry, PlaylistJobCompleted
from ..ended_entries import EndedEntries
from ..paging import each_item
from ..wait import JobSource, run_wait
from .wait_methods import WaitMethods, raise_unless_completed, starting

_ENTRIES_OF_A_PAGE: Final = 200
"""As many as a page can have."""


class PlaylistMethods(WaitMethods):
    def playlist(
        self, url: str, fields: PlaylistFields | None = None, **options: Unpack[PlaylistOptions]
    ) -> PlaylistJobCompleted:
        """
        The playlist at `url`, once each of its entries has ended, well or badly; `on_entry` is given each of them as it ends, and
        `entries` gives them afterwards. Raises a `JobFailedError` or a `JobCancelledError` when the list cannot be read or is cancelled.
        """
        call = starting(options)
        key = options.get("idempotency_key") or random_key()
        on_entry = options.get("on_entry")
        entries = None if on_entry is None else EndedEntries(self._entry_pages(call), on_entry)

        def start(deadline: Deadline) -> JobSource[Job]:
            body = {**(fields or {}), "url": url}
            started = self._data_as(
                PlaylistAccepted, operations.CREATE_PLAYLIST, body=body, key=key, options=call, deadline=deadline
            )
            return self._info_source(started.job_id, call)

        on_seen = None if entries is None else entries.see
        job = run_wait(start, options, options.get("on_progress"), on_seen)
        raise_unless_completed(job)
        # A state that this client has never heard of is given as it is.
        return cast("PlaylistJobCompleted", job)

    def start_playlist(
        self, url: str, fields: PlaylistFields | None = None, **options: Unpack[StartOptions]
    ) -> PlaylistAccepted:
        """`createPlaylist`"""
        body = {**(fields or {}), "url": url}
        key = options.get("idempotency_key")
        return self._data_as(PlaylistAccepted, operations.CREATE_PLAYLIST, body=body, key=key, options=options)

    def list_entries(
        self, id: str, query: ListEntriesQuery | None = None, **options: Unpack[CallOptions]
    ) -> Page[PlaylistEntry]:
        """`listEntries`: one page."""
        found = self._data(operations.LIST_ENTRIES, path={"job_id": id}, query=query, options=options)
        return Page(found.entries, found.next_cursor)

    def entries(
        self, id: str, query: ListEntriesQuery | None = None, **options: Unpack[CallOptions]
    ) -> Iterator[PlaylistEntry]:
        """The entries of a playlist in their order, each with its job as it is now."""

        def page(cursor: str | None) -> Page[PlaylistEntry]:
            own: ListEntriesQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return self.list_entries(id, own, **options)

        return each_item(page)

    def _entry_pages(
        self, options: CallOptions
    ) -> Callable[[str, str | None, Deadline], Page[PlaylistEntry]]:
        def page(id: str, cursor: str | None, deadline: Deadline) -> Page[PlaylistEntry]:
            query: ListEntriesQuery = {"limit": _ENTRIES_OF_A_PAGE}
            if cursor is not None:
                query["cursor"] = cursor
            found = self._data(
                operations.LIST_ENTRIES, path={"job_id": id}, query=query, options=options, deadline=deadline
            )
            return Page(found.entries, found.next_cursor)

        return page
