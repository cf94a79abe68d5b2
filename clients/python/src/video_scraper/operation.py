"""One operation of the API: how it is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Data = TypeVar("Data")


@dataclass(frozen=True)
class Operation(Generic[Data]):
    """`Data` is the type of its answer."""

    id: str
    """`operationId` of the OpenAPI document."""
    method: str
    path: str
    """With the names of its parameters in braces."""
    is_keyed: bool
    """It takes an `Idempotency-Key`, which makes it safe to repeat."""
    answer: Any
    """`Data` at run time."""
