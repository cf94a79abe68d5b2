"""What a client that does not block does in a way of its own. `_sync/primitives.py` is the other one."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from inspect import isawaitable
from typing import TypeVar

import anyio
import anyio.to_thread

from ..deadline import Deadline, DeadlineReached

Result = TypeVar("Result")


async def pause(seconds: float, deadline: Deadline) -> None:
    """Raises `DeadlineReached` when that is sooner."""
    await anyio.sleep(deadline.capped(seconds))
    deadline.check()


@contextmanager
def ending_at(deadline: Deadline) -> Generator[None, None, None]:
    """Ends what is inside with a `DeadlineReached` at that moment."""
    with anyio.move_on_after(deadline.remaining()) as scope:
        yield
    if scope.cancelled_caught:
        raise DeadlineReached


def limited(seconds: float) -> AbstractContextManager[object]:
    """Ends what is inside with a `TimeoutError` of Python after so long."""
    return anyio.fail_after(seconds)


def shielded(seconds: float) -> AbstractContextManager[object]:
    """What is inside goes on for so long, although the task is being ended."""
    return anyio.move_on_after(seconds, shield=True)


async def away(work: Callable[[], Result]) -> Result:
    """Does what would hold up the other tasks, such as writing to a disk."""
    return await anyio.to_thread.run_sync(work)


async def heard(result: object) -> None:
    """Waits until a function of the caller has done its work, which it may do without blocking."""
    if isawaitable(result):
        await result
