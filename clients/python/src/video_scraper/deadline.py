"""A moment after which nobody waits any more."""

from __future__ import annotations

import math
import time
from typing import Final


class DeadlineReached(Exception):
    """Inside of the client only: whoever waits makes a `DeadlineError` of it."""


class Deadline:
    """`seconds` from now; `None` for never."""

    def __init__(self, seconds: float | None) -> None:
        self._at = math.inf if seconds is None else time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds; never less than 0."""
        return max(0.0, self._at - time.monotonic())

    def check(self) -> None:
        """Raises `DeadlineReached` when it is over."""
        if self.remaining() <= 0:
            raise DeadlineReached

    def capped(self, seconds: float) -> float:
        """So many seconds, or as many as are left. Never 0, which some take for no limit."""
        return max(0.001, min(seconds, self.remaining()))


NEVER: Final = Deadline(None)
