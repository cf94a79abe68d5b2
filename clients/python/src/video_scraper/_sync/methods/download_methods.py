# Made from _async/methods/download_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""Downloads."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import cast

from typing_extensions import Unpack

from ... import operations
from ...bodies import DownloadFields
from ...deadline import NEVER, Deadline
from ...job_event import JobEvent
from ...options import CallOptions, DownloadOptions, DownloadWaitOptions, StartOptions
from ...request import random_key
from ...schemas import Download, DownloadAccepted, DownloadBatchAccepted, DownloadCompleted
from ..wait import JobSource, run_wait
from .wait_methods import WaitMethods, raise_unless_completed, starting


class DownloadMethods(WaitMethods):
    def download(
        self, url: str, fields: DownloadFields | None = None, **options: Unpack[DownloadOptions]
    ) -> DownloadCompleted:
        """
        The download of the video at `url`, once its file is there; `save` and `fetch_file` get it. Raises a `JobFailedError`
        or a `JobCancelledError` when the job ends otherwise. A field that this client does not know is sent as it is.
        """
        call = starting(options)
        key = options.get("idempotency_key") or random_key()

        def start(deadline: Deadline) -> JobSource[Download]:
            body = {**(fields or {}), "url": url}
            started = self._data_as(
                DownloadAccepted, operations.CREATE_DOWNLOAD, body=body, key=key, options=call, deadline=deadline
            )
            return self._download_source(started.download_id, call)

        download = run_wait(start, options, options.get("on_progress"))
        raise_unless_completed(download)
        return cast("DownloadCompleted", download)

    def start_download(
        self, url: str, fields: DownloadFields | None = None, **options: Unpack[StartOptions]
    ) -> DownloadAccepted:
        """`createDownload`"""
        body = {**(fields or {}), "url": url}
        key = options.get("idempotency_key")
        return self._data_as(DownloadAccepted, operations.CREATE_DOWNLOAD, body=body, key=key, options=options)

    def start_downloads(
        self, urls: Sequence[str], fields: DownloadFields | None = None, **options: Unpack[StartOptions]
    ) -> DownloadBatchAccepted:
        """`createDownload` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused."""
        body = {**(fields or {}), "urls": list(urls)}
        key = options.get("idempotency_key")
        return self._data_as(
            DownloadBatchAccepted, operations.CREATE_DOWNLOAD, body=body, key=key, options=options
        )

    def get_download(self, id: str, **options: Unpack[CallOptions]) -> Download:
        """`getDownload`"""
        return self._data(operations.GET_DOWNLOAD, path={"download_id": id}, options=options)

    def wait_for_download(self, id: str, **options: Unpack[DownloadWaitOptions]) -> Download:
        """Returns when the download has ended, however it ended."""

        def start(_: Deadline) -> JobSource[Download]:
            return self._download_source(id, starting(options))

        return run_wait(start, options, options.get("on_progress"))

    def follow_download(self, id: str, **options: Unpack[CallOptions]) -> Generator[JobEvent[Download], None, None]:
        """`streamDownload`: the events of the download until its end; resumes by itself."""
        return self._download_events(id, options, NEVER)
