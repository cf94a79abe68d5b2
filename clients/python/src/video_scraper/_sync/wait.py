# Made from _async/wait.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""Waits for the end of a job: by its events, else by answers that are held back, else by asking again and again."""

from __future__ import annotations

import time
from collections.abc import Generator, Callable
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from ..answer import Answer
from ..deadline import Deadline, DeadlineReached
from ..errors import AuthenticationError, DeadlineError, PermissionError, VideoScraperError
from ..job_event import JobEvent
from ..options import WaitOptions
from ..retries import is_passing, spread
from .primitives import ending_at, pause, shielded


class HasStatus(Protocol):
    @property
    def status(self) -> str: ...


Job = TypeVar("Job", bound=HasStatus)

CANCEL_WITHIN: Final = 10.0
"""Seconds. Whoever stops waiting does not want to wait for that."""

_HELD: Final = 10
_SHORTEST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 5.0
_SILENCE_MAX: Final = 120.0
"""Seconds that a service may be away while somebody waits for a job that it has."""

_ENDED: Final = frozenset({"completed", "failed", "cancelled"})


def has_ended(job: HasStatus) -> bool:
    """A word that is not known is no end."""
    return job.status in _ENDED


@dataclass(frozen=True)
class JobSource(Generic[Job]):
    """Where one job can be asked for."""

    id: str
    events: Callable[[Deadline], Generator[JobEvent[Job], None, None]]
    get: Callable[[int, Deadline], Answer[Job]]
    """Asks for the job, with an answer that is held back for at most so many seconds."""
    cancel: Callable[[], object]
    """Raises soon where nobody answers."""


def run_wait(
    start: Callable[[Deadline], JobSource[Job]],
    options: WaitOptions,
    on_progress: Callable[[Job], object] | None,
    on_seen: Callable[[Job, Deadline], None] | None = None,
) -> Job:
    """
    The job as it ended. `start` may be called a second time: when it was broken off and the job shall be cancelled, since
    only its answer has the id. Both times it has to lead to the same job. `on_seen` is called with each state
    after `on_progress`, and is awaited.
    """
    limit = Deadline(options.get("deadline"))
    source: JobSource[Job] | None = None
    try:
        with ending_at(limit):
            source = start(limit)
            return _wait_for_end(source, limit, on_progress, on_seen)
    except BaseException as error:
        # An error of the service ends the wait, and is no reason to end the job.
        if options.get("cancel_on_abort") and not isinstance(error, VideoScraperError):
            source = _cancelled(start, source)
        if isinstance(error, DeadlineReached):
            raise DeadlineError(None if source is None else source.id) from None
        raise


def _cancelled(
    start: Callable[[Deadline], JobSource[Job]], source: JobSource[Job] | None
) -> JobSource[Job] | None:
    """Whoever stops waiting wants to know why, not that the cancel failed."""
    try:
        with shielded(CANCEL_WITHIN):
            if source is None:
                source = start(Deadline(CANCEL_WITHIN))
            source.cancel()
    except (VideoScraperError, DeadlineReached):
        pass
    return source


def _wait_for_end(
    source: JobSource[Job],
    deadline: Deadline,
    on_progress: Callable[[Job], object] | None,
    on_seen: Callable[[Job, Deadline], None] | None,
) -> Job:
    def tell(job: Job) -> None:
        if on_progress is not None:
            on_progress(job)
        if on_seen is not None:
            on_seen(job, deadline)

    ended = _by_events(source, deadline, tell)
    return _by_asking(source, deadline, tell) if ended is None else ended


def _by_events(source: JobSource[Job], deadline: Deadline, tell: Callable[[Job], None]) -> Job | None:
    """`None` when the events lead nowhere: asking may still lead to the end."""
    events = source.events(deadline)
    try:
        while True:
            try:
                event = events.__next__()
            except (AuthenticationError, PermissionError):
                raise
            except (VideoScraperError, StopAsyncIteration, StopIteration):
                return None
            # Events of a newer service may hold something else than the job.
            if event.type not in ("snapshot", "end"):
                continue
            tell(event.job)
            if event.type == "end" or has_ended(event.job):
                return event.job
    finally:
        events.close()


def _by_asking(source: JobSource[Job], deadline: Deadline, tell: Callable[[Job], None]) -> Job:
    seconds = _SHORTEST_PAUSE
    heard_at = time.monotonic()
    while True:
        answer: Answer[Job] | None = None
        try:
            answer = source.get(_HELD, deadline)
        except VideoScraperError as error:
            is_hopeless = not (is_passing(error) or error.status == 500)
            if is_hopeless or time.monotonic() - heard_at > _SILENCE_MAX:
                raise
        if answer is not None:
            heard_at = time.monotonic()
            tell(answer.data)
            if has_ended(answer.data):
                return answer.data
            # An answer that was held back has waited already.
            if "preference-applied" in answer.headers:
                deadline.check()
                continue
        pause(spread(seconds * 2), deadline)
        seconds = min(seconds * 1.5, _LONGEST_PAUSE)
