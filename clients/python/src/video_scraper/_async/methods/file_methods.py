"""Files of downloads."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import httpx
from typing_extensions import Unpack

from ... import operations
from ...bodies import CreateArchiveLinkBody, CreateFileLinkBody, FetchArchiveQuery, FetchFileQuery, ListDownloadsQuery
from ...options import CallOptions
from ...page import Page, cursor_of
from ...savable import Savable, SaveProgress, targets_of
from ...schemas import DownloadEntry, FileLink
from ..paging import each_item
from ..save_file import save_file
from .call_methods import CallMethods


class FileMethods(CallMethods):
    async def save(
        self,
        download: Savable,
        path: str | os.PathLike[str],
        *,
        on_progress: Callable[[SaveProgress], object] | None = None,
        **options: Unpack[CallOptions],
    ) -> list[str]:
        """
        Writes the files of a completed download, or of an entry of the list of files; returns their paths.

        `path` is a file or a folder (one that is there, or ends with `/`). Of several files the first with media goes to
        `path`, and the others beside it under their own names. A file that is there is replaced. What is not whole yet is
        kept as `….part`, and the next call for the same file goes on with it; run one at a time. Raises an `IntegrityError`
        when a file twice has another digest than was announced.
        """

        def opened(filename: str, headers: dict[str, str], /) -> AbstractAsyncContextManager[httpx.Response]:
            own: CallOptions = {**options, "headers": {**options.get("headers", {}), **headers}}
            return self.fetch_file(filename, **own)

        targets = targets_of(download, path)
        for file, target in targets:
            await save_file(opened, file, Path(target), on_progress)
        return [target for _, target in targets]

    async def list_downloads(
        self, query: ListDownloadsQuery | None = None, **options: Unpack[CallOptions]
    ) -> Page[DownloadEntry]:
        """`listDownloads`: one page of files."""
        found = await self._answer(operations.LIST_DOWNLOADS, query=query, options=options)
        return Page(found.data, cursor_of(found.headers.get("link")))

    def downloads(
        self, query: ListDownloadsQuery | None = None, **options: Unpack[CallOptions]
    ) -> AsyncIterator[DownloadEntry]:
        """Own files, newest first."""

        async def page(cursor: str | None) -> Page[DownloadEntry]:
            own: ListDownloadsQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return await self.list_downloads(own, **options)

        return each_item(page)

    @asynccontextmanager
    async def fetch_file(
        self, filename: str, query: FetchFileQuery | None = None, **options: Unpack[CallOptions]
    ) -> AsyncGenerator[httpx.Response, None]:
        """
        `fetchFile`: a context manager with the answer, unread, once its head is there. Ask for a part with
        `headers={"range": …}`; a range outside the file gives 416.
        """
        response = await self._unread(operations.FETCH_FILE, path={"filename": filename}, query=query, options=options)
        try:
            yield response
        finally:
            await response.aclose()

    async def delete_file(self, filename: str, **options: Unpack[CallOptions]) -> None:
        """`deleteFile`. Returns also when a repeat finds that the attempt before has removed it."""
        await self._remove(operations.DELETE_FILE, path={"filename": filename}, options=options)

    async def create_file_link(
        self, filename: str, body: CreateFileLinkBody | None = None, **options: Unpack[CallOptions]
    ) -> FileLink:
        """`createFileLink`: an address of the file that needs no key."""
        path = {"filename": filename}
        return await self._data(operations.CREATE_FILE_LINK, path=path, body=body or {}, options=options)

    @asynccontextmanager
    async def fetch_archive(
        self, id: str, query: FetchArchiveQuery | None = None, **options: Unpack[CallOptions]
    ) -> AsyncGenerator[httpx.Response, None]:
        """`fetchArchive`: all files of a download as one zip. A context manager with the answer, unread."""
        response = await self._unread(operations.FETCH_ARCHIVE, path={"download_id": id}, query=query, options=options)
        try:
            yield response
        finally:
            await response.aclose()

    async def create_archive_link(
        self, id: str, body: CreateArchiveLinkBody | None = None, **options: Unpack[CallOptions]
    ) -> FileLink:
        """`createArchiveLink`: an address of the archive that needs no key."""
        path = {"download_id": id}
        return await self._data(operations.CREATE_ARCHIVE_LINK, path=path, body=body or {}, options=options)
