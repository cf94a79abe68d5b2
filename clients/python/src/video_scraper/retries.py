"""Which requests are repeated, after what, and after how long."""

from __future__ import annotations

import random
from typing import Final

from .errors import ConnectionError, TimeoutError, VideoScraperError

_STATUSES: Final = (408, 429, 502, 503, 504)
FIRST_WAIT: Final = 0.5
_LONGEST_WAIT: Final = 8.0
_LONGEST_RETRY_AFTER: Final = 60
"""Who is asked to wait longer is better off with the error."""


def is_passing(error: VideoScraperError) -> bool:
    """Whether the same request may have another answer in a moment."""
    is_unanswered = isinstance(error, (ConnectionError, TimeoutError))
    return is_unanswered or error.status in _STATUSES or error.code == "request_in_progress"


def wait_before(error: VideoScraperError, attempt: int) -> float | None:
    """Seconds to wait before the next attempt; `None` for giving up. `attempt` is the number of attempts so far."""
    if not is_passing(error):
        return None
    if error.retry_after is not None and error.retry_after > _LONGEST_RETRY_AFTER:
        return None
    return (error.retry_after or 0) + spread(FIRST_WAIT * 2 ** (attempt - 1))


def spread(seconds: float) -> float:
    """Half of it for sure, the rest by chance, so that not all clients come back at once."""
    most = min(seconds, _LONGEST_WAIT)
    return most / 2 + random.random() * most / 2
