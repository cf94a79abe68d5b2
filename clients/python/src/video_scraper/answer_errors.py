"""The error that an answer of the service, or of a proxy before it, means."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from .errors import (
    AuthenticationError,
    ConflictError,
    ConnectionError,
    InvalidRequestError,
    NotFoundError,
    PermissionError,
    RateLimitError,
    ServiceError,
    VideoScraperError,
)
from .parsed import list_of, object_of

_BY_STATUS: Final[Mapping[int, type[VideoScraperError]]] = {
    401: AuthenticationError,
    403: PermissionError,
    404: NotFoundError,
    408: ServiceError,
    409: ConflictError,
    429: RateLimitError,
}

_EXCERPT: Final = 200
"""The longest text that is read of an answer that is none of ours, such as a page of a proxy."""


def error_of_answer(status: int, headers: Mapping[str, str], content: bytes) -> VideoScraperError:
    """`headers` are asked for names in lower case."""
    text = content.decode("utf-8", "replace")
    reply = _reply_of(text)
    error, code, retryable, details = (reply.get(name) for name in ("error", "code", "retryable", "details"))
    message = (
        error if isinstance(error, str) else f"The answer was {status} without a reason. {text[:_EXCERPT]}".strip()
    )
    return _group_of(status)(
        message,
        code=code if isinstance(code, str) else f"http_{status}",
        status=status,
        retryable=retryable if isinstance(retryable, bool) else status in (408, 429, 502, 503, 504),
        request_id=headers.get("x-request-id"),
        retry_after=_retry_after_of(headers.get("retry-after")),
        details=[each for each in map(object_of, list_of(details) or ()) if each is not None],
    )


def _group_of(status: int) -> type[VideoScraperError]:
    by_hundreds = ServiceError if status >= 500 else InvalidRequestError if status >= 400 else ConnectionError
    return _BY_STATUS.get(status, by_hundreds)


def _reply_of(text: str) -> Mapping[str, Any]:
    try:
        reply = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return object_of(reply) or {}


def _retry_after_of(header: str | None) -> int | None:
    """Seconds, from a number or a date (RFC 9110, 10.2.3)."""
    if header is None:
        return None
    if re.fullmatch(r"[0-9]{1,15}", header):
        return int(header)
    try:
        return max(0, math.ceil(parsedate_to_datetime(header).timestamp() - time.time()))
    except (ValueError, OverflowError):
        return None
