"""Jobs of all kinds."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Union

from typing_extensions import Unpack

from ... import operations
from ...bodies import JobSelection, ListJobsQuery
from ...job_event import JobEvent
from ...model import decode
from ...options import CallOptions
from ...page import Page
from ...schemas import CancelReply, CancelledJobs, DeletedJobs, Download, EventLink, Job, JobSummary, RetryAcceptance
from ..follow import follow
from ..paging import each_item
from .call_methods import CallMethods


class JobMethods(CallMethods):
    async def cancel(self, id: str, **options: Unpack[CallOptions]) -> CancelReply:
        """`cancelJob`. A `ConflictError` when it has ended, or is being published."""
        return await self._data(operations.CANCEL_JOB, path={"job_id": id}, options=options)

    async def retry(self, id: str, **options: Unpack[CallOptions]) -> RetryAcceptance:
        """`retryJob`: a new job with the request of one that failed or was cancelled."""
        return await self._data(operations.RETRY_JOB, path={"job_id": id}, options=options)

    async def delete_job(self, id: str, **options: Unpack[CallOptions]) -> None:
        """
        `deleteJob`: removes a job that has ended, with its files. A `ConflictError` when it has not ended. Returns also when
        a repeat finds that the attempt before has removed it.
        """
        await self._remove(operations.DELETE_JOB, path={"job_id": id}, options=options)

    async def cancel_jobs(self, selection: JobSelection, **options: Unpack[CallOptions]) -> CancelledJobs:
        """`cancelJobs`: those for which all conditions hold, at most a hundred at once; `next_cursor` goes on."""
        return await self._data(operations.CANCEL_JOBS, body=selection, options=options)

    async def delete_jobs(self, selection: JobSelection, **options: Unpack[CallOptions]) -> DeletedJobs:
        """
        `deleteJobs`: those that have ended and for which all conditions hold, at most a hundred at once; `next_cursor` goes
        on.
        """
        return await self._data(operations.DELETE_JOBS, body=selection, options=options)

    async def list_jobs(self, query: ListJobsQuery | None = None, **options: Unpack[CallOptions]) -> Page[JobSummary]:
        """`listJobs`: one page."""
        found = await self._data(operations.LIST_JOBS, query=query, options=options)
        return Page(found.jobs, found.next_cursor)

    def jobs(self, query: ListJobsQuery | None = None, **options: Unpack[CallOptions]) -> AsyncIterator[JobSummary]:
        """Own jobs, newest first."""

        async def page(cursor: str | None) -> Page[JobSummary]:
            own: ListJobsQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return await self.list_jobs(own, **options)

        return each_item(page)

    async def create_event_link(self, id: str, **options: Unpack[CallOptions]) -> EventLink:
        """`createEventLink`: an address of the events of one job that needs no key."""
        return await self._data(operations.CREATE_EVENT_LINK, path={"job_id": id}, options=options)

    def follow_link(
        self, id: str, token: str, **options: Unpack[CallOptions]
    ) -> AsyncGenerator[JobEvent[Union[Job, Download]], None]:
        """`streamByLink`: follows a job by the `token` in the address of `create_event_link`."""
        request = self._request(operations.STREAM_BY_LINK, path={"job_id": id}, query={"token": token}, options=options)
        return follow(self._transport, request, lambda data: decode(data, Union[Job, Download]))
