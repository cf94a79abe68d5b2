"""What the methods take besides what the service is asked, each by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Optional

from typing_extensions import TypedDict

from .schemas import Download, Job, PlaylistEntry


class CallOptions(TypedDict, total=False):
    """What every method takes."""

    timeout: Optional[float]
    """Seconds that one attempt may take. Default: that of the client."""
    retries: Optional[int]
    """How often the request is repeated, where it safely can be. Default: that of the client."""
    headers: Mapping[str, str]
    """Sent with this request."""


class StartOptions(CallOptions, total=False):
    """What a method takes that starts a job."""

    idempotency_key: Optional[str]
    """Whoever sends it again gets the same job. Default: one that is made for this call."""


class WaitOptions(TypedDict, total=False):
    """What every wait takes."""

    deadline: Optional[float]
    """Seconds that the whole call may take; then a `DeadlineError`. Default: for ever."""
    cancel_on_abort: bool
    """Cancels the job when the deadline, the end of the task, Ctrl-C or an error of yours ends the call. Default: it goes on."""
    retries: Optional[int]
    headers: Mapping[str, str]


class InfoWaitOptions(WaitOptions, total=False):
    """What a wait for an info job takes."""

    on_progress: Callable[[Job], object]
    """Called with the job whenever it is seen, the end included. What it raises is raised by the call."""


class DownloadWaitOptions(WaitOptions, total=False):
    """What a wait for a download takes."""

    on_progress: Callable[[Download], object]
    """Called with the download whenever it is seen, the end included. What it raises is raised by the call."""


class InfoOptions(InfoWaitOptions, total=False):
    """What `info` takes."""

    idempotency_key: Optional[str]


class PlaylistOptions(InfoOptions, total=False):
    """What `playlist` takes."""

    on_entry: Callable[[PlaylistEntry], object]
    """
    Called once with each entry that has ended, soon after its end, and for the last ones before the call returns. The client that
    does not block awaits what it returns, where that can be awaited. What it raises is raised by the call.
    """


class DownloadOptions(DownloadWaitOptions, total=False):
    """What `download` takes."""

    idempotency_key: Optional[str]
