"""One line that says how far it is, how fast, and how long it will take. Nothing is written where nobody looks."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TextIO

_WIDTH: Final = 24
_EVERY: Final = 0.1
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True)
class Progress:
    label: str
    fraction: float
    """0 to 1."""
    bytes_per_second: float | None
    seconds_left: float | None


class ProgressBar:
    def __init__(self, screen: TextIO, is_quiet: bool, columns: Callable[[], int] | None = None) -> None:
        self._screen = screen
        self._is_shown = screen.isatty() and not is_quiet
        self._columns = columns or (lambda: shutil.get_terminal_size((80, 24)).columns)
        self._shown_at: float | None = None

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if not self._is_shown or (self._shown_at is not None and now - self._shown_at < _EVERY):
            return
        self._shown_at = now
        self._screen.write(f"\r\x1b[K{bar_text(progress)[: self._columns() - 1]}")
        self._screen.flush()

    def clear(self) -> None:
        if self._is_shown and self._shown_at is not None:
            self._screen.write("\r\x1b[K")
            self._screen.flush()


def bar_text(progress: Progress) -> str:
    full = math.floor(min(1.0, max(0.0, progress.fraction)) * _WIDTH + 0.5)
    bar = "█" * full + "░" * (_WIDTH - full)
    speed = "" if progress.bytes_per_second is None else f"  {size_text(progress.bytes_per_second)}/s"
    left = "" if progress.seconds_left is None else f"  {time_text(progress.seconds_left)} left"
    return f"{bar} {math.floor(progress.fraction * 100):3} %{speed}{left}  {progress.label}"


def size_text(count: float) -> str:
    step = min(len(_UNITS) - 1, max(0, math.floor(math.log10(max(1, count)) / 3)))
    # Halves go up, as everywhere in the world but in Python.
    digits = Decimal("1") if step == 0 else Decimal("0.1")
    number = Decimal(count / 1000**step).quantize(digits, rounding=ROUND_HALF_UP)
    return f"{number} {_UNITS[step]}"


def time_text(seconds: float) -> str:
    whole = max(0, math.floor(seconds + 0.5))
    parts = [whole // 3600, whole % 3600 // 60, whole % 60]
    return ":".join(f"{part:02}" for part in (parts if parts[0] else parts[1:]))
