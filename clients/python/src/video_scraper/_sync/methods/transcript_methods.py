# Made from _async/methods/transcript_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""What is said in videos."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import cast

import httpx
from typing_extensions import Unpack

from ... import operations
from ...bodies import FetchTranscriptQuery, TranscriptFields
from ...deadline import Deadline
from ...options import CallOptions, InfoOptions, StartOptions
from ...request import random_key
from ...schemas import Job, TranscriptAccepted, TranscriptBatchAccepted, TranscriptJobCompleted
from ..wait import JobSource, run_wait
from .wait_methods import WaitMethods, raise_unless_completed, starting


class TranscriptMethods(WaitMethods):
    def transcript(
        self, url: str, fields: TranscriptFields | None = None, **options: Unpack[InfoOptions]
    ) -> TranscriptJobCompleted:
        """
        What is said in the video at `url`, by its captions, once it was read. A long transcript has no `segments`:
        `get_transcript_text` gets it in any form. Raises a `JobFailedError` or a `JobCancelledError` when the job ends otherwise.
        """
        call = starting(options)
        key = options.get("idempotency_key") or random_key()

        def start(deadline: Deadline) -> JobSource[Job]:
            body = {**(fields or {}), "url": url}
            started = self._data_as(
                TranscriptAccepted, operations.CREATE_TRANSCRIPT, body=body, key=key, options=call, deadline=deadline
            )
            return self._info_source(started.job_id, call)

        job = run_wait(start, options, options.get("on_progress"))
        raise_unless_completed(job)
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
