"""An answer with its status and its headers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import httpx

from .errors import ConnectionError

Data = TypeVar("Data")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Answer(Generic[Data]):
    data: Data
    status: int
    headers: httpx.Headers
    attempts: int
    """1 when the first attempt was answered."""
    content: bytes = field(default=b"", repr=False)

    @property
    def request_id(self) -> str | None:
        """Name it when you report a problem."""
        value: str | None = self.headers.get("x-request-id")
        return value

    def with_data(self, data: Other) -> Answer[Other]:
        return Answer(data, self.status, self.headers, self.attempts, self.content)

    def with_content(self, content: bytes) -> Answer[Data]:
        return Answer(self.data, self.status, self.headers, self.attempts, content)


def json_of(answer: Answer[Any]) -> Any:
    """`None` for an empty one. Raises a `ConnectionError` for what is no JSON."""
    if not answer.content:
        return None
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError) as cause:
        raise ConnectionError(
            "The answer is no JSON. Is this the address of the service?",
            code="unreadable_answer",
            status=answer.status,
        ) from cause
