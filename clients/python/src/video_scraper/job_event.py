"""What a stream of events says of a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar, Union

Job = TypeVar("Job")


@dataclass(frozen=True)
class JobEvent(Generic[Job]):
    type: Union[Literal["snapshot", "end"], str]
    """`snapshot` while the job goes on, `end` when it has ended; a newer service may have others."""
    id: str
    job: Job
    """What GET of the job answers at that moment."""
