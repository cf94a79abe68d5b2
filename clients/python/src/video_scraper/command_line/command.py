"""What a command is given, and what it returns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .._async.client import AsyncVideoScraper
from ..model import Model
from .options import Options
from .plain_text import plain_text, table_text
from .progress_bar import ProgressBar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Reply:
    value: Any
    text: str


@dataclass(frozen=True)
class Surroundings:
    client: AsyncVideoScraper
    options: Options
    bar: ProgressBar


def started(answer: Model, name: str) -> Reply:
    return Reply(answer.to_dict(), plain_text(answer.to_dict().get(name)))


def listed(items: Sequence[Model], head: Sequence[str], rows: Sequence[Sequence[object]]) -> Reply:
    return Reply([each.to_dict() for each in items], table_text([head, *rows]))


async def collected(items: AsyncIterator[Item], most: float) -> list[Item]:
    found: list[Item] = []
    async for item in items:
        found.append(item)
        if len(found) >= most:
            break
    return found
