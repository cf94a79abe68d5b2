"""What can go wrong, as classes: one for each group of codes. A code that is not known goes by its status."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any, Union

from .schemas import Download, Job


class VideoScraperError(Exception):
    """
    Everything that this client raises, but for what you raise yourself, and the end of a task or of the program.

    `code` is a stable word for programs; one that this client has never heard is passed on. `status` is the HTTP status, 0
    when there was no answer. `retryable`: the same may work later. `request_id`: name it when you report a problem.
    `retry_after`: seconds to wait, as the service says. `details`: each problem of a request that is not valid.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        status: int = 0,
        retryable: bool = False,
        request_id: str | None = None,
        retry_after: int | None = None,
        details: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.retryable = retryable
        self.request_id = request_id
        self.retry_after = retry_after
        self.details = tuple(details)

    def __str__(self) -> str:
        return self.message


class UsageError(VideoScraperError):
    """The client was set up or called in a way that cannot work; nothing was sent."""


class ConnectionError(VideoScraperError, builtins.ConnectionError):
    """There was no answer (`connection_failed`), or it broke off, or it is none of this service (`unreadable_answer`)."""


class TimeoutError(VideoScraperError, builtins.TimeoutError):
    """Nothing came in time (`timed_out`)."""


class InvalidRequestError(VideoScraperError):
    """400 and whatever else is refused for what it says."""


class AuthenticationError(VideoScraperError):
    """401: no key, or none that is valid."""


class PermissionError(VideoScraperError):
    """403: the key, the address or the link may not do this."""


class NotFoundError(VideoScraperError):
    """404: it is not there, not any more (`file_expired`), or not yours."""


class ConflictError(VideoScraperError):
    """409: the state of the job, the key or the webhook does not allow it."""


class RateLimitError(VideoScraperError):
    """429: a limit was reached; `retry_after` says when to try again."""


class ServiceError(VideoScraperError):
    """408 and 5xx: the service, or what stands in front of it, could not do it."""


class IntegrityError(VideoScraperError):
    """The file that came is not the one that was announced (`digest_differs`)."""


class WebhookVerificationError(VideoScraperError):
    """The webhook is not from the service (`signature_invalid`), or too old, or of the future (`timestamp_out_of_range`)."""


class DeadlineError(VideoScraperError):
    """The deadline of a wait is over (`deadline_exceeded`). The job goes on, unless `cancel_on_abort` was set."""

    def __init__(self, job_id: str | None) -> None:
        super().__init__(
            "The job did not end before the deadline. Wait for it again by its id, or cancel it.",
            code="deadline_exceeded",
            retryable=True,
        )
        self.job_id = job_id


class JobFailedError(VideoScraperError):
    """The job ended without a result. `code` is that of the failure, `next_step` says what to do, where it is known."""

    def __init__(self, job: Union[Job, Download]) -> None:
        facts = job.to_dict()
        super().__init__(
            str(facts.get("error") or "The job failed."),
            code=str(facts.get("code") or "unknown"),
            retryable=facts.get("retryable") is True,
        )
        self.job = job
        next_step = facts.get("next_step")
        self.next_step = next_step if isinstance(next_step, str) else None


class JobCancelledError(VideoScraperError):
    """The job was cancelled, by whomever (`job_cancelled`)."""

    def __init__(self, job: Union[Job, Download]) -> None:
        super().__init__("The job was cancelled.", code="job_cancelled")
        self.job = job
