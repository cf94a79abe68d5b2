"""Any operation of the API as a request: how its address is made, and whether it may be repeated."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Optional, Union
from urllib.parse import quote, urlencode

from typing_extensions import TypedDict

from .configuration import Configuration
from .deadline import NEVER, Deadline
from .errors import UsageError, VideoScraperError
from .operation import Operation
from .options import CallOptions


@dataclass(frozen=True)
class OutgoingRequest:
    """A request that is to be sent."""

    method: str
    url: str
    """Absolute."""
    headers: Mapping[str, str]
    is_repeatable: bool
    """Whether it does no harm when it arrives twice."""
    body: Any = None
    """What is sent: a text as it is, all else as JSON; `None` for nothing."""
    timeout: float | None = None
    retries: int | None = None
    deadline: Deadline = field(default=NEVER)
    is_unread: bool = False
    """The answer is given unread: its body is a stream or a file."""
    on_retry: Callable[[VideoScraperError], None] | None = None
    """Receives the reason for a repeat."""


Body = Union[str, Mapping[str, object], Sequence[object]]
"""A text as it is, all else as JSON."""


class Parameters(TypedDict, total=False):
    """What an operation is asked for."""

    path: Optional[Mapping[str, str]]
    query: Optional[Mapping[str, object]]
    body: Optional[Body]
    key: Optional[str]
    """The idempotency key of a start. Default: one that is made for this request."""
    options: CallOptions
    deadline: Deadline


def request_of(configuration: Configuration, operation: Operation[Any], parameters: Parameters) -> OutgoingRequest:
    """
    Raises a `UsageError` where a part of the path would lead elsewhere.

    GET, PUT and DELETE do no harm when they are repeated, nor does a POST with an Idempotency-Key, which gives the same job.
    Everything else is sent once: nobody knows what became of a request without an answer.
    """
    options = parameters.get("options", {})
    address = _filled(operation.path, parameters.get("path") or {}) + _query_text(parameters.get("query") or {})
    key = {"idempotency-key": parameters.get("key") or random_key()} if operation.is_keyed else {}
    return OutgoingRequest(
        method=operation.method,
        url=configuration.base_url + address,
        headers={**key, **_lower(options.get("headers", {}))},
        is_repeatable=operation.is_keyed or operation.method in ("GET", "PUT", "DELETE"),
        body=parameters.get("body"),
        timeout=options.get("timeout"),
        retries=options.get("retries"),
        deadline=parameters.get("deadline", NEVER),
    )


def random_key() -> str:
    return secrets.token_hex(16)


_A_FOLDER: Final = re.compile(r"\.{0,2}")


def _filled(template: str, values: Mapping[str, str]) -> str:
    def one(match: re.Match[str]) -> str:
        value = values.get(match[1])
        # A dot alone would be taken for a folder.
        if not isinstance(value, str) or _A_FOLDER.fullmatch(value):
            raise UsageError(f"{match[1]} is missing, or cannot be one.", code="invalid_argument")
        return quote(value, safe="", errors="replace")

    return re.sub(r"\{(\w+)\}", one, template)


def _query_text(query: Mapping[str, object]) -> str:
    given = {name: _text_of(value) for name, value in query.items() if value is not None}
    return f"?{urlencode(given, errors='replace')}" if given else ""


def _text_of(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
