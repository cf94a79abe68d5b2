# Made from _async/methods/information_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""What is known about videos."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import cast

from typing_extensions import Unpack

from ... import operations
from ...bodies import InfoFields
from ...deadline import NEVER, Deadline
from ...job_event import JobEvent
from ...options import CallOptions, InfoOptions, InfoWaitOptions, StartOptions
from ...request import random_key
from ...schemas import InfoAccepted, InfoBatchAccepted, InfoJobCompleted, Job
from ..wait import JobSource, run_wait
from .wait_methods import WaitMethods, raise_unless_completed, starting


class InformationMethods(WaitMethods):
    def info(
        self, url: str, fields: InfoFields | None = None, **options: Unpack[InfoOptions]
    ) -> InfoJobCompleted:
        """
        What is known about the video at `url`, once it was found out. Raises a `JobFailedError` or a `JobCancelledError` when
        the job ends otherwise. A field that this client does not know is sent as it is.
        """
        call = starting(options)
        key = options.get("idempotency_key") or random_key()

        def start(deadline: Deadline) -> JobSource[Job]:
            body = {**(fields or {}), "url": url}
            started = self._data_as(
                InfoAccepted, operations.CREATE_INFO_JOB, body=body, key=key, options=call, deadline=deadline
            )
            return self._info_source(started.job_id, call)

        job = run_wait(start, options, options.get("on_progress"))
        raise_unless_completed(job)
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
            return self._info_source(id, starting(options))

        return run_wait(start, options, options.get("on_progress"))

    def follow_info_job(self, id: str, **options: Unpack[CallOptions]) -> Generator[JobEvent[Job], None, None]:
        """`streamInfoJob`: the events of the job until its end; resumes by itself."""
        return self._info_events(id, options, NEVER)
