"""The errors of requests that have no answer."""

from __future__ import annotations

import errno
import socket
from urllib.parse import urlsplit

from .errors import ConnectionError, TimeoutError


def timed_out(seconds: float) -> TimeoutError:
    return TimeoutError(f"Nothing came within {seconds:g} seconds.", code="timed_out", retryable=True)


def unreachable(url: str, cause: BaseException) -> ConnectionError:
    """Says the origin alone: what follows it may be a secret."""
    parts = urlsplit(url)
    reason = _code_of(cause) or str(cause) or type(cause).__name__
    return ConnectionError(
        f"{parts.scheme}://{parts.netloc} could not be reached, or the connection broke off: {reason}.",
        code="connection_failed",
        retryable=True,
    )


def _code_of(error: BaseException | None) -> str | None:
    """What the system said, such as `ECONNREFUSED`, at the root of an error that only says that something failed."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return "ENOTFOUND"
        if isinstance(error, OSError) and error.errno is not None and error.errno in errno.errorcode:
            return errno.errorcode[error.errno]
        # Where a name has several addresses, several attempts have failed.
        attempts: tuple[BaseException, ...] = getattr(error, "exceptions", ())
        error = attempts[0] if attempts else error.__cause__ or error.__context__
    return None
