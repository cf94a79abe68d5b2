"""What a client that blocks does in a way of its own. `_async/primitives.py` is the other one."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from ..deadline import Deadline

Result = TypeVar("Result")


def pause(seconds: float, deadline: Deadline) -> None:
    """Raises `DeadlineReached` when that is sooner."""
    time.sleep(deadline.capped(seconds))
    deadline.check()


def ending_at(deadline: Deadline) -> AbstractContextManager[object]:
    """Nothing ends a call that blocks from outside. Whatever waits in it looks at the deadline itself."""
    return nullcontext(deadline)


def limited(seconds: float) -> AbstractContextManager[object]:
    """Each step of the request has this limit already; see `ending_at`."""
    return nullcontext(seconds)


def shielded(seconds: float) -> AbstractContextManager[object]:
    """Nothing ends a call that blocks from outside."""
    return nullcontext(seconds)


def away(work: Callable[[], Result]) -> Result:
    """Does it here: there are no other tasks."""
    return work()


def heard(result: object) -> None:
    """A function of the caller has done its work when it returns."""
