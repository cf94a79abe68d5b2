# Made from _async/transport.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""One request to the service: its headers, its time, its repeats, its log."""

from __future__ import annotations

import builtins
import time
from dataclasses import replace
from typing import Any, Final

import httpx

from ..answer import Answer, json_of
from ..answer_errors import error_of_answer
from ..configuration import Configuration, LogEntry
from ..errors import ConnectionError, VideoScraperError
from ..failures import timed_out, unreachable
from ..parsed import object_of
from ..request import OutgoingRequest
from ..retries import wait_before
from ..version import VERSION
from .primitives import limited, pause

_LONGEST_ANSWER: Final = 256 * 1024 * 1024
"""Bytes. No answer of the service that is no file is as long."""


class Transport:
    """Sends requests with one client of httpx: its own, or yours, which it does not close."""

    def __init__(self, configuration: Configuration, http_client: httpx.Client | None) -> None:
        self.configuration = configuration
        self._is_own = http_client is None
        self._http = httpx.Client() if http_client is None else http_client

    def close(self) -> None:
        if self._is_own:
            self._http.close()

    def send(self, request: OutgoingRequest) -> Answer[Any]:
        """The answer as JSON. Raises the error that it means, once it is not worth repeating."""
        answer = self.open(request)
        return answer.with_data(json_of(answer))

    def open(self, request: OutgoingRequest) -> Answer[httpx.Response]:
        """The answer, unread where the request says so; whoever asked closes it then."""
        own = self.configuration.retries if request.retries is None else request.retries
        retries = own if request.is_repeatable else 0
        attempt = 1
        while True:
            try:
                return self._attempt(request, attempt)
            except VideoScraperError as error:
                wait = None if attempt > retries else wait_before(error, attempt)
                if wait is None:
                    raise
                note = LogEntry("retrying", request.method, request.url, error.status, error.code, attempt=attempt)
                self.note(note)
                if request.on_retry is not None:
                    request.on_retry(error)
                pause(wait, request.deadline)
            attempt += 1

    def _attempt(self, request: OutgoingRequest, attempt: int) -> Answer[httpx.Response]:
        own = self.configuration.timeout if request.timeout is None else request.timeout
        timeout = request.deadline.capped(own)
        try:
            with limited(timeout):
                return self._exchange(request, attempt, timeout)
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, builtins.TimeoutError) as cause:
            request.deadline.check()
            is_late = isinstance(cause, (httpx.TimeoutException, builtins.TimeoutError))
            error = timed_out(timeout) if is_late else unreachable(request.url, cause)
            self.note(LogEntry("failed", request.method, request.url, code=error.code, attempt=attempt))
            raise error from cause

    def _exchange(self, request: OutgoingRequest, attempt: int, timeout: float) -> Answer[httpx.Response]:
        started_at = time.monotonic()
        response = self._http.send(self._built(request, timeout), stream=True, follow_redirects=True)
        is_given_away = False
        try:
            answer = Answer(response, response.status_code, response.headers, attempt)
            seconds = time.monotonic() - started_at
            note = LogEntry("answered", request.method, request.url, answer.status)
            self.note(replace(note, request_id=answer.request_id, seconds=seconds, attempt=attempt))
            is_good = response.is_success or (request.is_unread and answer.status == 416)
            if is_good and request.is_unread:
                self._be_patient(response, request)
                is_given_away = True
                return answer
            content = self._content_of(response, started_at + timeout)
            if not is_good:
                raise error_of_answer(answer.status, answer.headers, content)
            return answer.with_content(content)
        finally:
            if not is_given_away:
                response.close()

    def _built(self, request: OutgoingRequest, timeout: float) -> httpx.Request:
        headers = {"accept": "application/json", "user-agent": f"video-scraper-python/{VERSION}"}
        headers.update({name.lower(): value for name, value in self.configuration.headers.items()})
        # As Authorization, which httpx drops when an answer leads to another origin.
        if self.configuration.api_key is not None:
            headers["authorization"] = f"Bearer {self.configuration.api_key}"
        headers.update(request.headers)
        return self._http.build_request(
            request.method, request.url, headers=headers, json=request.body, timeout=httpx.Timeout(timeout)
        )

    def _be_patient(self, response: httpx.Response, request: OutgoingRequest) -> None:
        """
        From the head of the answer on, what counts is how long nothing comes. The transport of httpx reads the limit again
        when it begins with the body; another one may leave it as it is.
        """
        limits = object_of(response.request.extensions.get("timeout"))
        if limits is not None:
            limits["read"] = request.deadline.capped(self.configuration.idle_timeout)

    def _content_of(self, response: httpx.Response, until: float) -> bytes:
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _LONGEST_ANSWER:
                raise ConnectionError("The answer is too long.", code="unreadable_answer", status=response.status_code)
            # Each piece may come in time, and all of them together not.
            if time.monotonic() > until:
                raise builtins.TimeoutError
        return bytes(content)

    def note(self, entry: LogEntry) -> None:
        """Queries are left out: signatures and tokens are in them."""
        self.configuration.log(replace(entry, url=entry.url.partition("?")[0]))
