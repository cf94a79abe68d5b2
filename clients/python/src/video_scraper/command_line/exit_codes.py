"""The exit code of each group of errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..errors import (
    AuthenticationError,
    ConflictError,
    ConnectionError,
    DeadlineError,
    IntegrityError,
    InvalidRequestError,
    JobCancelledError,
    JobFailedError,
    NotFoundError,
    PermissionError,
    RateLimitError,
    ServiceError,
    TimeoutError,
    UsageError,
)

INTERRUPTED: Final = 130

_CODES: Final[Sequence[tuple[type[BaseException], int]]] = (
    (JobFailedError, 1),
    (JobCancelledError, 1),
    (UsageError, 2),
    (InvalidRequestError, 2),
    (ConflictError, 2),
    (AuthenticationError, 3),
    (PermissionError, 3),
    (NotFoundError, 4),
    (RateLimitError, 5),
    (ServiceError, 6),
    (ConnectionError, 7),
    (TimeoutError, 7),
    (DeadlineError, 8),
    (IntegrityError, 9),
)


def exit_code_of(error: BaseException) -> int:
    """1 for what nobody has thought of, such as a full disk."""
    return next((code for group, code in _CODES if isinstance(error, group)), 1)
