"""Shows on the bar how far a job is, and then its file."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Union

from ..savable import SaveProgress
from ..schemas import Download, Job
from .plain_text import plain_text
from .progress_bar import Progress, ProgressBar


def progress_on(bar: ProgressBar) -> Callable[[Union[Job, Download]], None]:
    """The service's own progress is the first half of what people see: its download; then comes ours."""

    def tell(job: Union[Job, Download]) -> None:
        if job.status == "processing" and job.summary is not None:
            bar.show(Progress(plain_text(job.message), job.progress, None, None))
        if job.status != "in_progress":
            return
        label = plain_text(job.status_message)
        bar.show(Progress(label, job.progress, job.speed_bytes_per_second, job.eta_seconds))

    return tell


def speedometer() -> Callable[[SaveProgress], Progress]:
    """How fast a file comes, from its first bytes on."""
    first: list[tuple[float, int]] = []

    def progress_of(progress: SaveProgress) -> Progress:
        first.append((time.monotonic(), progress.received_bytes))
        del first[1:]
        ((began_at, had),) = first
        seconds = time.monotonic() - began_at
        rate = (progress.received_bytes - had) / seconds if seconds > 0 else 0
        return Progress(
            plain_text(progress.filename),
            progress.received_bytes / progress.total_bytes if progress.total_bytes else 1,
            rate if rate > 0 else None,
            (progress.total_bytes - progress.received_bytes) / rate if rate > 0 else None,
        )

    return progress_of
