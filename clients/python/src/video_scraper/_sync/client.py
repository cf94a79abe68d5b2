# Made from _async/client.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""The client that blocks: one method for each operation, and calls that wait by themselves."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar, Union, cast, overload

import httpx
from typing_extensions import Self, Unpack

from ..answer import Answer
from ..configuration import LogEntry, configuration_of
from ..deadline import NEVER, Deadline
from ..errors import JobCancelledError, JobFailedError, NotFoundError, UsageError, VideoScraperError
from .. import operations
from ..bodies import (
    ChangeWebhookBody,
    CreateArchiveLinkBody,
    CreateFileLinkBody,
    CreateKeyBody,
    DownloadFields,
    FetchArchiveQuery,
    FetchFileQuery,
    FetchTranscriptQuery,
    InfoFields,
    JobSelection,
    JsonCookie,
    ListDeliveriesQuery,
    ListDownloadsQuery,
    ListEntriesQuery,
    ListJobsQuery,
    ListKeysQuery,
    ListPlatformsQuery,
    PlaylistFields,
    RegisterWebhookBody,
    ReplayDeliveriesBody,
    RotateKeyQuery,
    TranscriptFields,
    UpdateKeyBody,
)
from ..schemas import (
    ApiKey,
    CancelledJobs,
    CancelReply,
    CookieSetReply,
    DeletedJobs,
    DeliveriesAccepted,
    DeliveryAccepted,
    DeliveryReply,
    Download,
    DownloadAccepted,
    DownloadBatchAccepted,
    DownloadCompleted,
    DownloadEntry,
    EventLink,
    FileLink,
    HealthReply,
    InfoAccepted,
    InfoBatchAccepted,
    InfoJobCompleted,
    IssuedKey,
    Job,
    JobSummary,
    Platform,
    PlaylistAccepted,
    PlaylistEntry,
    PlaylistJobCompleted,
    RegisteredWebhookReply,
    RetryAcceptance,
    RotatedSecretReply,
    ServiceStatus,
    TranscriptAccepted,
    TranscriptBatchAccepted,
    TranscriptJobCompleted,
    WebhookReply,
)
from ..job_event import JobEvent
from ..model import decode
from ..operation import Operation
from ..options import (
    CallOptions,
    DownloadOptions,
    DownloadWaitOptions,
    InfoOptions,
    InfoWaitOptions,
    PlaylistOptions,
    StartOptions,
    WaitOptions,
)
from ..page import Page, cursor_of
from ..request import Body, OutgoingRequest, Parameters, random_key, request_of
from ..savable import Savable, SaveProgress, targets_of
from .ended_entries import EndedEntries
from .follow import follow
from .paging import each_item
from .save_file import save_file
from .transport import Transport
from .wait import CANCEL_WITHIN, JobSource, run_wait

Data = TypeVar("Data")

_ENTRIES_OF_A_PAGE: Final = 200
"""As many as a page can have."""


class VideoScraper:
    """
    The service. A context manager, which closes its connections; `close` does it too.

    `api_key`: default `VIDEO_SCRAPER_API_KEY`; empty for none, whatever the environment says.
    `base_url`: default `VIDEO_SCRAPER_URL`, else `http://localhost:5501`; with or without `/api/video-scraper` at its end.
    `timeout`: seconds that one attempt may take, until its answer is there.
    `idle_timeout`: seconds that nothing may come of a stream or a file. The service says something every 15 seconds.
    `retries`: how often a request is repeated that can safely be; 0 for never.
    `headers`: sent with each request.
    `http_client`: your own client of httpx, for proxies or certificates. You close it.
    `log`: is given an entry for each answer, failure and repeat. Default: the logger `video_scraper`, for debugging.

    It connects to nothing until it is asked. Raises a `UsageError` for options that cannot work.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = 30.0,
        idle_timeout: float = 45.0,
        retries: int = 4,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.Client | None = None,
        log: Callable[[LogEntry], None] | None = None,
    ) -> None:
        self._configuration: Final = configuration_of(
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            idle_timeout=idle_timeout,
            retries=retries,
            headers=headers,
            log=log,
        )
        self._transport: Final = Transport(self._configuration, http_client)

    def close(self) -> None:
        """Closes all connections, but not those of your own client of httpx."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @overload
    def call(
        self,
        operation: Operation[Data],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: Body | None = None,
        **options: Unpack[StartOptions],
    ) -> Answer[Data]: ...

    @overload
    def call(
        self,
        operation: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: Body | None = None,
        **options: Unpack[StartOptions],
    ) -> Answer[Any]: ...

    def call(
        self,
        operation: Union[Operation[Any], str],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: Body | None = None,
        **options: Unpack[StartOptions],
    ) -> Answer[Any]:
        """
        Any operation by its `operationId`, or by its row in `video_scraper.operations`, with the status and the headers of
        its answer. What is no JSON is read by `fetch_file` and `fetch_archive`.
        """
        known = operations.OPERATIONS.get(operation) if isinstance(operation, str) else operation
        if known is None:
            raise UsageError(f"There is no operation {operation}.", code="invalid_argument")
        key = options.get("idempotency_key")
        return self._answer(known, path=path, query=query, body=body, key=key, options=options)

    def request(self, method: str, path: str, body: Any = None, **options: Unpack[CallOptions]) -> Answer[Any]:
        """
        A request that this client does not know: `path` begins with `/`, and may hold a query. Only GET is repeated. The
        answer is plain JSON.
        """
        if not path.startswith("/"):
            raise UsageError("The path has to begin with a slash.", code="invalid_argument")
        request = OutgoingRequest(
            method=method,
            url=self._configuration.base_url + path,
            headers={name.lower(): value for name, value in options.get("headers", {}).items()},
            is_repeatable=method == "GET",
            body=body,
            timeout=options.get("timeout"),
            retries=options.get("retries"),
        )
        return self._transport.send(request)

    # Information

    def info(
        self, url: str, fields: InfoFields | None = None, **options: Unpack[InfoOptions]
    ) -> InfoJobCompleted:
        """
        What is known about the video at `url`, once it was found out. Raises a `JobFailedError` or a `JobCancelledError` when
        the job ends otherwise. A field that this client does not know is sent as it is.
        """
        call = _starting(options)
        key = options.get("idempotency_key") or random_key()

        def start(deadline: Deadline) -> JobSource[Job]:
            body = {**(fields or {}), "url": url}
            started = self._data_as(
                InfoAccepted, operations.CREATE_INFO_JOB, body=body, key=key, options=call, deadline=deadline
            )
            return self._info_source(started.job_id, call)

        job = run_wait(start, options, options.get("on_progress"))
        _raise_unless_completed(job)
        # A state that this client has never heard of is given as it is.
        return cast("InfoJobCompleted", job)

    def start_info(
        self, url: str, fields: InfoFields | None = None, **options: Unpack[StartOptions]
    ) -> InfoAccepted:
        """`createInfoJob`"""
        body = {**(fields or {}), "url": url}
        key = options.get("idempotency_key")
        return self._data_as(InfoAccepted, operations.CREATE_INFO_JOB, body=body, key=key, options=options)

    def start_infos(
        self, urls: Sequence[str], fields: InfoFields | None = None, **options: Unpack[StartOptions]
    ) -> InfoBatchAccepted:
        """`createInfoJob` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused."""
        body = {**(fields or {}), "urls": list(urls)}
        key = options.get("idempotency_key")
        return self._data_as(InfoBatchAccepted, operations.CREATE_INFO_JOB, body=body, key=key, options=options)

    def get_info_job(self, id: str, **options: Unpack[CallOptions]) -> Job:
        """`getInfoJob`"""
        return self._data(operations.GET_INFO_JOB, path={"job_id": id}, options=options)

    def wait_for_info_job(self, id: str, **options: Unpack[InfoWaitOptions]) -> Job:
        """Returns when the job has ended, however it ended."""

        def start(_: Deadline) -> JobSource[Job]:
            return self._info_source(id, _starting(options))

        return run_wait(start, options, options.get("on_progress"))

    def follow_info_job(self, id: str, **options: Unpack[CallOptions]) -> Generator[JobEvent[Job], None, None]:
        """`streamInfoJob`: the events of the job until its end; resumes by itself."""
        return self._info_events(id, options, NEVER)

    # Transcripts

    def transcript(
        self, url: str, fields: TranscriptFields | None = None, **options: Unpack[InfoOptions]
    ) -> TranscriptJobCompleted:
        """
        What is said in the video at `url`, by its captions, once it was read. A long transcript has no `segments`:
        `get_transcript_text` gets it in any form. Raises a `JobFailedError` or a `JobCancelledError` when the job ends otherwise.
        """
        call = _starting(options)
        key = options.get("idempotency_key") or random_key()

        def start(deadline: Deadline) -> JobSource[Job]:
            body = {**(fields or {}), "url": url}
            started = self._data_as(
                TranscriptAccepted, operations.CREATE_TRANSCRIPT, body=body, key=key, options=call, deadline=deadline
            )
            return self._info_source(started.job_id, call)

        job = run_wait(start, options, options.get("on_progress"))
        _raise_unless_completed(job)
        return cast("TranscriptJobCompleted", job)

    def start_transcript(
        self, url: str, fields: TranscriptFields | None = None, **options: Unpack[StartOptions]
    ) -> TranscriptAccepted:
        """`createTranscript`. The job is asked for, awaited and followed as an info job is."""
        body = {**(fields or {}), "url": url}
        key = options.get("idempotency_key")
        return self._data_as(TranscriptAccepted, operations.CREATE_TRANSCRIPT, body=body, key=key, options=options)

    def start_transcripts(
        self, urls: Sequence[str], fields: TranscriptFields | None = None, **options: Unpack[StartOptions]
    ) -> TranscriptBatchAccepted:
        """`createTranscript` with 1 to 100 addresses: one entry for each, in their order, also for those that were refused."""
        body = {**(fields or {}), "urls": list(urls)}
        key = options.get("idempotency_key")
        return self._data_as(
            TranscriptBatchAccepted, operations.CREATE_TRANSCRIPT, body=body, key=key, options=options
        )

    @contextmanager
    def fetch_transcript(
        self, id: str, query: FetchTranscriptQuery | None = None, **options: Unpack[CallOptions]
    ) -> Generator[httpx.Response, None, None]:
        """
        `fetchTranscript`: a context manager with the answer, unread, once its head is there. Default: as `accept` of the headers
        says, or JSON.
        """
        response = self._unread(operations.FETCH_TRANSCRIPT, path={"job_id": id}, query=query, options=options)
        try:
            yield response
        finally:
            response.close()

    def get_transcript_text(self, id: str, format: str = "text", **options: Unpack[CallOptions]) -> str:
        """`fetchTranscript`: the whole transcript as text in one of its forms: text, json, srt or vtt."""
        with self.fetch_transcript(id, {"format": format}, **options) as response:
            return (response.read()).decode("utf-8")

    # Downloads

    def download(
        self, url: str, fields: DownloadFields | None = None, **options: Unpack[DownloadOptions]
    ) -> DownloadCompleted:
        """
        The download of the video at `url`, once its file is there; `save` and `fetch_file` get it. Raises a `JobFailedError`
        or a `JobCancelledError` when the job ends otherwise. A field that this client does not know is sent as it is.
        """
        call = _starting(options)
        key = options.get("idempotency_key") or random_key()

        def start(deadline: Deadline) -> JobSource[Download]:
            body = {**(fields or {}), "url": url}
            started = self._data_as(
                DownloadAccepted, operations.CREATE_DOWNLOAD, body=body, key=key, options=call, deadline=deadline
            )
            return self._download_source(started.download_id, call)

        download = run_wait(start, options, options.get("on_progress"))
        _raise_unless_completed(download)
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
            return self._download_source(id, _starting(options))

        return run_wait(start, options, options.get("on_progress"))

    def follow_download(self, id: str, **options: Unpack[CallOptions]) -> Generator[JobEvent[Download], None, None]:
        """`streamDownload`: the events of the download until its end; resumes by itself."""
        return self._download_events(id, options, NEVER)

    def save(
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

        def opened(filename: str, headers: dict[str, str], /) -> AbstractContextManager[httpx.Response]:
            own: CallOptions = {**options, "headers": {**options.get("headers", {}), **headers}}
            return self.fetch_file(filename, **own)

        targets = targets_of(download, path)
        for file, target in targets:
            save_file(opened, file, Path(target), on_progress)
        return [target for _, target in targets]

    # Playlists

    def playlist(
        self, url: str, fields: PlaylistFields | None = None, **options: Unpack[PlaylistOptions]
    ) -> PlaylistJobCompleted:
        """
        The playlist at `url`, once each of its entries has ended, well or badly; `on_entry` is given each of them as it ends, and
        `entries` gives them afterwards. Raises a `JobFailedError` or a `JobCancelledError` when the list cannot be read or is cancelled.
        """
        call = _starting(options)
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
        _raise_unless_completed(job)
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

    # Jobs of all kinds

    def cancel(self, id: str, **options: Unpack[CallOptions]) -> CancelReply:
        """`cancelJob`. A `ConflictError` when it has ended, or is being published."""
        return self._data(operations.CANCEL_JOB, path={"job_id": id}, options=options)

    def retry(self, id: str, **options: Unpack[CallOptions]) -> RetryAcceptance:
        """`retryJob`: a new job with the request of one that failed or was cancelled."""
        return self._data(operations.RETRY_JOB, path={"job_id": id}, options=options)

    def delete_job(self, id: str, **options: Unpack[CallOptions]) -> None:
        """
        `deleteJob`: removes a job that has ended, with its files. A `ConflictError` when it has not ended. Returns also when
        a repeat finds that the attempt before has removed it.
        """
        self._remove(operations.DELETE_JOB, path={"job_id": id}, options=options)

    def cancel_jobs(self, selection: JobSelection, **options: Unpack[CallOptions]) -> CancelledJobs:
        """`cancelJobs`: those for which all conditions hold, at most a hundred at once; `next_cursor` goes on."""
        return self._data(operations.CANCEL_JOBS, body=selection, options=options)

    def delete_jobs(self, selection: JobSelection, **options: Unpack[CallOptions]) -> DeletedJobs:
        """
        `deleteJobs`: those that have ended and for which all conditions hold, at most a hundred at once; `next_cursor` goes
        on.
        """
        return self._data(operations.DELETE_JOBS, body=selection, options=options)

    def list_jobs(self, query: ListJobsQuery | None = None, **options: Unpack[CallOptions]) -> Page[JobSummary]:
        """`listJobs`: one page."""
        found = self._data(operations.LIST_JOBS, query=query, options=options)
        return Page(found.jobs, found.next_cursor)

    def jobs(self, query: ListJobsQuery | None = None, **options: Unpack[CallOptions]) -> Iterator[JobSummary]:
        """Own jobs, newest first."""

        def page(cursor: str | None) -> Page[JobSummary]:
            own: ListJobsQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return self.list_jobs(own, **options)

        return each_item(page)

    def create_event_link(self, id: str, **options: Unpack[CallOptions]) -> EventLink:
        """`createEventLink`: an address of the events of one job that needs no key."""
        return self._data(operations.CREATE_EVENT_LINK, path={"job_id": id}, options=options)

    def follow_link(
        self, id: str, token: str, **options: Unpack[CallOptions]
    ) -> Generator[JobEvent[Union[Job, Download]], None, None]:
        """`streamByLink`: follows a job by the `token` in the address of `create_event_link`."""
        request = self._request(operations.STREAM_BY_LINK, path={"job_id": id}, query={"token": token}, options=options)
        return follow(self._transport, request, lambda data: decode(data, Union[Job, Download]))

    # Files

    def list_downloads(
        self, query: ListDownloadsQuery | None = None, **options: Unpack[CallOptions]
    ) -> Page[DownloadEntry]:
        """`listDownloads`: one page of files."""
        found = self._answer(operations.LIST_DOWNLOADS, query=query, options=options)
        return Page(found.data, cursor_of(found.headers.get("link")))

    def downloads(
        self, query: ListDownloadsQuery | None = None, **options: Unpack[CallOptions]
    ) -> Iterator[DownloadEntry]:
        """Own files, newest first."""

        def page(cursor: str | None) -> Page[DownloadEntry]:
            own: ListDownloadsQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return self.list_downloads(own, **options)

        return each_item(page)

    @contextmanager
    def fetch_file(
        self, filename: str, query: FetchFileQuery | None = None, **options: Unpack[CallOptions]
    ) -> Generator[httpx.Response, None, None]:
        """
        `fetchFile`: a context manager with the answer, unread, once its head is there. Ask for a part with
        `headers={"range": …}`; a range outside the file gives 416.
        """
        response = self._unread(operations.FETCH_FILE, path={"filename": filename}, query=query, options=options)
        try:
            yield response
        finally:
            response.close()

    def delete_file(self, filename: str, **options: Unpack[CallOptions]) -> None:
        """`deleteFile`. Returns also when a repeat finds that the attempt before has removed it."""
        self._remove(operations.DELETE_FILE, path={"filename": filename}, options=options)

    def create_file_link(
        self, filename: str, body: CreateFileLinkBody | None = None, **options: Unpack[CallOptions]
    ) -> FileLink:
        """`createFileLink`: an address of the file that needs no key."""
        path = {"filename": filename}
        return self._data(operations.CREATE_FILE_LINK, path=path, body=body or {}, options=options)

    @contextmanager
    def fetch_archive(
        self, id: str, query: FetchArchiveQuery | None = None, **options: Unpack[CallOptions]
    ) -> Generator[httpx.Response, None, None]:
        """`fetchArchive`: all files of a download as one zip. A context manager with the answer, unread."""
        response = self._unread(operations.FETCH_ARCHIVE, path={"download_id": id}, query=query, options=options)
        try:
            yield response
        finally:
            response.close()

    def create_archive_link(
        self, id: str, body: CreateArchiveLinkBody | None = None, **options: Unpack[CallOptions]
    ) -> FileLink:
        """`createArchiveLink`: an address of the archive that needs no key."""
        path = {"download_id": id}
        return self._data(operations.CREATE_ARCHIVE_LINK, path=path, body=body or {}, options=options)

    # Webhooks

    def register_webhook(
        self, body: RegisterWebhookBody, **options: Unpack[CallOptions]
    ) -> RegisteredWebhookReply:
        """`registerWebhook`: the secret is in this answer alone."""
        return self._data(operations.REGISTER_WEBHOOK, body=body, options=options)

    def list_webhooks(self, **options: Unpack[CallOptions]) -> Sequence[WebhookReply]:
        """`listWebhooks`"""
        return (self._data(operations.LIST_WEBHOOKS, options=options)).webhooks

    def get_webhook(self, id: str, **options: Unpack[CallOptions]) -> WebhookReply:
        """`getWebhook`"""
        return self._data(operations.GET_WEBHOOK, path={"webhook_id": id}, options=options)

    def change_webhook(self, id: str, body: ChangeWebhookBody, **options: Unpack[CallOptions]) -> WebhookReply:
        """`changeWebhook`"""
        path = {"webhook_id": id}
        return self._data(operations.CHANGE_WEBHOOK, path=path, body=body, options=options)

    def delete_webhook(self, id: str, **options: Unpack[CallOptions]) -> None:
        """`deleteWebhook`"""
        self._answer(operations.DELETE_WEBHOOK, path={"webhook_id": id}, options=options)

    def test_webhook(self, id: str, **options: Unpack[CallOptions]) -> DeliveryAccepted:
        """`testWebhook`: sends an event of the type `test`, once."""
        return self._data(operations.TEST_WEBHOOK, path={"webhook_id": id}, options=options)

    def rotate_webhook_secret(self, id: str, **options: Unpack[CallOptions]) -> RotatedSecretReply:
        """`rotateWebhookSecret`: for 24 hours events are signed with the new secret and with the one before."""
        return self._data(operations.ROTATE_WEBHOOK_SECRET, path={"webhook_id": id}, options=options)

    def list_deliveries(
        self, id: str, query: ListDeliveriesQuery | None = None, **options: Unpack[CallOptions]
    ) -> Page[DeliveryReply]:
        """`listDeliveries`: one page."""
        path = {"webhook_id": id}
        found = self._data(operations.LIST_DELIVERIES, path=path, query=query, options=options)
        return Page(found.deliveries, found.next_cursor)

    def deliveries(
        self, id: str, query: ListDeliveriesQuery | None = None, **options: Unpack[CallOptions]
    ) -> Iterator[DeliveryReply]:
        """What was sent to the webhook, newest first."""

        def page(cursor: str | None) -> Page[DeliveryReply]:
            own: ListDeliveriesQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return self.list_deliveries(id, own, **options)

        return each_item(page)

    def replay_deliveries(
        self, id: str, body: ReplayDeliveriesBody, **options: Unpack[CallOptions]
    ) -> DeliveriesAccepted:
        """`replayDeliveries`: all that was skipped, has failed or is pending."""
        path = {"webhook_id": id}
        return self._data(operations.REPLAY_DELIVERIES, path=path, body=body, options=options)

    def replay_delivery(self, id: str, delivery_id: str, **options: Unpack[CallOptions]) -> DeliveryAccepted:
        """`replayDelivery`"""
        path = {"webhook_id": id, "delivery_id": delivery_id}
        return self._data(operations.REPLAY_DELIVERY, path=path, options=options)

    # Cookie sets, which need the scope `cookies`

    def put_cookies(
        self, name: str, cookies: str | Sequence[JsonCookie], **options: Unpack[CallOptions]
    ) -> CookieSetReply:
        """`putCookies`: the text of a `cookies.txt`, or a list. They replace what lies under the name."""
        return self._data(operations.PUT_COOKIES, path={"name": name}, body=cookies, options=options)

    def list_cookies(self, **options: Unpack[CallOptions]) -> Sequence[CookieSetReply]:
        """`listCookies`"""
        return (self._data(operations.LIST_COOKIES, options=options)).cookies

    def get_cookies(self, name: str, **options: Unpack[CallOptions]) -> CookieSetReply:
        """`getCookies`"""
        return self._data(operations.GET_COOKIES, path={"name": name}, options=options)

    def delete_cookies(self, name: str, **options: Unpack[CallOptions]) -> None:
        """`deleteCookies`"""
        self._answer(operations.DELETE_COOKIES, path={"name": name}, options=options)

    # API keys, which need the scope `admin`

    def create_key(self, body: CreateKeyBody, **options: Unpack[CallOptions]) -> IssuedKey:
        """`createKey`: the key itself is in this answer alone."""
        return self._data(operations.CREATE_KEY, body=body, options=options)

    def list_keys(self, query: ListKeysQuery | None = None, **options: Unpack[CallOptions]) -> Page[ApiKey]:
        """`listKeys`: one page."""
        found = self._data(operations.LIST_KEYS, query=query, options=options)
        return Page(found.keys, found.next_cursor)

    def keys(self, query: ListKeysQuery | None = None, **options: Unpack[CallOptions]) -> Iterator[ApiKey]:
        """All keys, newest first."""

        def page(cursor: str | None) -> Page[ApiKey]:
            own: ListKeysQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return self.list_keys(own, **options)

        return each_item(page)

    def get_key(self, id: str, **options: Unpack[CallOptions]) -> ApiKey:
        """`getKey`"""
        return self._data(operations.GET_KEY, path={"key_id": id}, options=options)

    def update_key(self, id: str, body: UpdateKeyBody, **options: Unpack[CallOptions]) -> ApiKey:
        """`updateKey`"""
        return self._data(operations.UPDATE_KEY, path={"key_id": id}, body=body, options=options)

    def revoke_key(self, id: str, **options: Unpack[CallOptions]) -> ApiKey:
        """`revokeKey`: for ever."""
        return self._data(operations.REVOKE_KEY, path={"key_id": id}, options=options)

    def rotate_key(
        self, id: str, query: RotateKeyQuery | None = None, **options: Unpack[CallOptions]
    ) -> IssuedKey:
        """`rotateKey`: the new secret is in this answer alone."""
        return self._data(operations.ROTATE_KEY, path={"key_id": id}, query=query, options=options)

    # The service

    def get_status(self, **options: Unpack[CallOptions]) -> ServiceStatus:
        """`getStatus`"""
        return self._data(operations.GET_STATUS, options=options)

    def list_platforms(
        self, query: ListPlatformsQuery | None = None, **options: Unpack[CallOptions]
    ) -> Sequence[Platform]:
        """`listPlatforms`"""
        return self._data(operations.LIST_PLATFORMS, query=query, options=options)

    def get_liveness(self, **options: Unpack[CallOptions]) -> HealthReply:
        """`getLiveness`"""
        return self._data(operations.GET_LIVENESS, options=options)

    def get_readiness(self, **options: Unpack[CallOptions]) -> HealthReply:
        """`getReadiness`: a `ServiceError` when the gateway cannot take jobs."""
        return self._data(operations.GET_READINESS, options=options)

    # How all of them do it

    def _request(self, operation: Operation[Any], **parameters: Unpack[Parameters]) -> OutgoingRequest:
        return request_of(self._configuration, operation, parameters)

    def _answer(self, operation: Operation[Data], **parameters: Unpack[Parameters]) -> Answer[Data]:
        answer = self._transport.send(self._request(operation, **parameters))
        return answer.with_data(decode(answer.data, operation.answer))

    def _data(self, operation: Operation[Data], **parameters: Unpack[Parameters]) -> Data:
        return (self._answer(operation, **parameters)).data

    def _data_as(self, kind: type[Data], operation: Operation[Any], **parameters: Unpack[Parameters]) -> Data:
        """For an operation that answers in several ways, where it is known in which."""
        as_kind: Operation[Data] = replace(operation, answer=kind)
        return (self._answer(as_kind, **parameters)).data

    def _unread(self, operation: Operation[Any], **parameters: Unpack[Parameters]) -> httpx.Response:
        request = self._request(operation, **parameters)
        headers = {"accept": "*/*", **request.headers}
        return (self._transport.open(replace(request, headers=headers, is_unread=True))).data

    def _remove(self, operation: Operation[Any], **parameters: Unpack[Parameters]) -> None:
        """Returns also when a repeat finds nothing, since the attempt before has removed it."""
        lost: list[VideoScraperError] = []
        try:
            self._transport.send(replace(self._request(operation, **parameters), on_retry=lost.append))
        except NotFoundError:
            if not any(error.status == 0 for error in lost):
                raise

    # How the calls that wait do it

    def _info_events(
        self, id: str, options: CallOptions, deadline: Deadline
    ) -> Generator[JobEvent[Job], None, None]:
        request = self._request(operations.STREAM_INFO_JOB, path={"job_id": id}, options=options, deadline=deadline)
        return follow(self._transport, request, lambda data: decode(data, Job))

    def _download_events(
        self, id: str, options: CallOptions, deadline: Deadline
    ) -> Generator[JobEvent[Download], None, None]:
        path = {"download_id": id}
        request = self._request(operations.STREAM_DOWNLOAD, path=path, options=options, deadline=deadline)
        return follow(self._transport, request, lambda data: decode(data, Download))

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

    def _info_source(self, id: str, options: CallOptions) -> JobSource[Job]:
        def get(seconds: int, deadline: Deadline) -> Answer[Job]:
            held = _holding(seconds, options)
            return self._answer(operations.GET_INFO_JOB, path={"job_id": id}, options=held, deadline=deadline)

        return JobSource(
            id,
            events=lambda deadline: self._info_events(id, options, deadline),
            get=get,
            cancel=lambda: self.cancel(id, timeout=CANCEL_WITHIN),
        )

    def _download_source(self, id: str, options: CallOptions) -> JobSource[Download]:
        def get(seconds: int, deadline: Deadline) -> Answer[Download]:
            held = _holding(seconds, options)
            path = {"download_id": id}
            return self._answer(operations.GET_DOWNLOAD, path=path, options=held, deadline=deadline)

        return JobSource(
            id,
            events=lambda deadline: self._download_events(id, options, deadline),
            get=get,
            cancel=lambda: self.cancel(id, timeout=CANCEL_WITHIN),
        )


def _starting(options: WaitOptions) -> CallOptions:
    """What each request of a wait takes of its options."""
    return {"retries": options.get("retries"), "headers": options.get("headers", {})}


def _holding(seconds: int, options: CallOptions) -> CallOptions:
    return {**options, "headers": {**options.get("headers", {}), "prefer": f"wait={seconds}"}}


def _raise_unless_completed(job: Union[Job, Download]) -> None:
    if job.status == "failed":
        raise JobFailedError(job)
    if job.status == "cancelled":
        raise JobCancelledError(job)
