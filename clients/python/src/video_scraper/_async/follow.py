"""Follows the events of a job, and comes back by itself where a stream broke off."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import httpx

from ..configuration import LogEntry
from ..errors import ConnectionError, TimeoutError, VideoScraperError
from ..event_parser import EventParser, ServerSentEvent
from ..failures import timed_out, unreachable
from ..job_event import Job, JobEvent
from ..request import OutgoingRequest
from ..retries import FIRST_WAIT, spread
from .primitives import pause
from .transport import AsyncTransport

_BARREN_STREAMS: Final = 5
"""So many streams in a row may break off without an event."""

_NOTHING: Final = object()


@dataclass
class _Position:
    """Where one stream has to begin after another."""

    last_event_id: str | None = None
    wait: float = FIRST_WAIT
    barren: int = 0
    """How many streams in a row have brought nothing."""


async def follow(
    transport: AsyncTransport, request: OutgoingRequest, job_of: Callable[[Any], Job]
) -> AsyncGenerator[JobEvent[Job], None]:
    """
    Ends after the `end`. Raises a `ConnectionError` or a `TimeoutError` when no stream brings anything any more, and at once
    a `VideoScraperError` when the answer is no stream of events.
    """
    position = _Position()
    while True:
        response = await _opened(transport, request, position.last_event_id)
        try:
            # The service says that the end was seen.
            if response.status_code == 204:
                return
            async for event in _events_of(transport, request, response, position):
                data = _parsed(event.data)
                if data is _NOTHING:
                    continue
                yield JobEvent(event.type, event.id, job_of(data))
                if event.type == "end":
                    return
        except (ConnectionError, TimeoutError):
            pass
        finally:
            await response.aclose()
        position.barren += 1
        if position.barren > _BARREN_STREAMS:
            raise ConnectionError("The stream of events broke off too often.", code="connection_failed", retryable=True)
        transport.note(LogEntry("stream_resumed", "GET", request.url, attempt=position.barren))
        is_first = position.barren == 1
        await pause(position.wait if is_first else spread(position.wait * 2**position.barren), request.deadline)


async def _opened(transport: AsyncTransport, request: OutgoingRequest, last_event_id: str | None) -> httpx.Response:
    last = {} if last_event_id is None else {"last-event-id": last_event_id}
    headers = {"accept": "text/event-stream", **request.headers, **last}
    return (await transport.open(replace(request, headers=headers, is_unread=True))).data


async def _events_of(
    transport: AsyncTransport, request: OutgoingRequest, response: httpx.Response, position: _Position
) -> AsyncIterator[ServerSentEvent]:
    if not response.headers.get("content-type", "").startswith("text/event-stream"):
        raise VideoScraperError("The answer is no stream of events.", code="no_event_stream", retryable=True)
    parser = EventParser()
    try:
        async for piece in response.aiter_bytes():
            # Something comes every 15 seconds, if only a comment.
            request.deadline.check()
            for event in parser.feed(piece):
                position.barren = 0
                position.wait = position.wait if event.retry is None else event.retry
                position.last_event_id = event.id or position.last_event_id
                yield event
    except httpx.TimeoutException as cause:
        request.deadline.check()
        raise timed_out(transport.configuration.idle_timeout) from cause
    except (httpx.HTTPError, httpx.StreamError) as cause:
        raise unreachable(request.url, cause) from cause


def _parsed(text: str) -> Any:
    """What is no JSON cannot be of this service."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _NOTHING
