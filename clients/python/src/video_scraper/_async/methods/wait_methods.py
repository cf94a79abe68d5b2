"""How the methods that wait for a job do it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Union

from ... import operations
from ...answer import Answer
from ...deadline import Deadline
from ...errors import JobCancelledError, JobFailedError
from ...job_event import JobEvent
from ...model import decode
from ...options import CallOptions, WaitOptions
from ...schemas import Download, Job
from ..follow import follow
from ..wait import CANCEL_WITHIN, JobSource
from .job_methods import JobMethods


class WaitMethods(JobMethods):
    def _info_events(
        self, id: str, options: CallOptions, deadline: Deadline
    ) -> AsyncGenerator[JobEvent[Job], None]:
        request = self._request(operations.STREAM_INFO_JOB, path={"job_id": id}, options=options, deadline=deadline)
        return follow(self._transport, request, lambda data: decode(data, Job))

    def _download_events(
        self, id: str, options: CallOptions, deadline: Deadline
    ) -> AsyncGenerator[JobEvent[Download], None]:
        path = {"download_id": id}
        request = self._request(operations.STREAM_DOWNLOAD, path=path, options=options, deadline=deadline)
        return follow(self._transport, request, lambda data: decode(data, Download))

    def _info_source(self, id: str, options: CallOptions) -> JobSource[Job]:
        async def get(seconds: int, deadline: Deadline) -> Answer[Job]:
            held = _holding(seconds, options)
            return await self._answer(operations.GET_INFO_JOB, path={"job_id": id}, options=held, deadline=deadline)

        return JobSource(
            id,
            events=lambda deadline: self._info_events(id, options, deadline),
            get=get,
            cancel=lambda: self.cancel(id, timeout=CANCEL_WITHIN),
        )

    def _download_source(self, id: str, options: CallOptions) -> JobSource[Download]:
        async def get(seconds: int, deadline: Deadline) -> Answer[Download]:
            held = _holding(seconds, options)
            path = {"download_id": id}
            return await self._answer(operations.GET_DOWNLOAD, path=path, options=held, deadline=deadline)

        return JobSource(
            id,
            events=lambda deadline: self._download_events(id, options, deadline),
            get=get,
            cancel=lambda: self.cancel(id, timeout=CANCEL_WITHIN),
        )


def starting(options: WaitOptions) -> CallOptions:
    """What each request of a wait takes of its options."""
    return {"retries": options.get("retries"), "headers": options.get("headers", {})}


def _holding(seconds: int, options: CallOptions) -> CallOptions:
    return {**options, "headers": {**options.get("headers", {}), "prefer": f"wait={seconds}"}}


def raise_unless_completed(job: Union[Job, Download]) -> None:
    if job.status == "failed":
        raise JobFailedError(job)
    if job.status == "cancelled":
        raise JobCancelledError(job)
