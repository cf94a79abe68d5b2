"""What a client is set up with: its options, the environment, and the defaults. Nothing is global."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Union
from urllib.parse import urlsplit

from .errors import UsageError

_DEFAULT_URL: Final = "http://localhost:5501"
_LOGGER: Final = logging.getLogger("video_scraper")

LogEvent = Union[Literal["answered", "failed", "retrying", "stream_resumed"], str]


@dataclass(frozen=True)
class LogEntry:
    """One line of the log: a request that was answered, or was not. No key, body or signature is in it."""

    event: LogEvent
    method: str
    url: str
    """Without its query."""
    status: int | None = None
    code: str | None = None
    request_id: str | None = None
    seconds: float | None = None
    """From the request to the head of its answer."""
    attempt: int | None = None
    """1 for the first time."""


@dataclass(frozen=True)
class Configuration:
    """Made by `configuration_of`."""

    base_url: str
    """Without a slash at its end, and without `/api/video-scraper`."""
    timeout: float
    idle_timeout: float
    retries: int
    headers: Mapping[str, str]
    log: Callable[[LogEntry], None]
    # No text that shows a configuration shows the key.
    api_key: str | None = field(repr=False)


def configuration_of(
    *,
    api_key: str | None,
    base_url: str | None,
    timeout: float,
    idle_timeout: float,
    retries: int,
    headers: Mapping[str, str] | None,
    log: Callable[[LogEntry], None] | None,
) -> Configuration:
    """Raises a `UsageError` for what cannot work, without saying the key. An empty key is none."""
    key = (os.environ.get("VIDEO_SCRAPER_API_KEY") if api_key is None else api_key) or None
    if key is not None and not re.fullmatch(r"[\x21-\x7e]+", key):
        raise UsageError("The API key holds blanks, or letters that no key has. Copy it again.", code="invalid_key")
    return Configuration(
        base_url=_base_of(os.environ.get("VIDEO_SCRAPER_URL") or _DEFAULT_URL if base_url is None else base_url),
        timeout=timeout,
        idle_timeout=idle_timeout,
        retries=retries,
        headers=dict(headers or {}),
        log=log or _log,
        api_key=key,
    )


def _base_of(text: str) -> str:
    try:
        parts = urlsplit(text)
        # Reading the port raises a `ValueError` where it is none.
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        if is_good and "@" not in parts.netloc and re.fullmatch(r"[\x21-\x7e]+", text):
            path = re.sub(r"/api/video-scraper$", "", parts.path.rstrip("/"))
            return f"{parts.scheme}://{parts.netloc}{path}"
    except ValueError:
        pass  # Said below.
    raise UsageError(
        "The base URL must be an absolute http or https address without credentials.", code="invalid_base_url"
    )


def _log(entry: LogEntry) -> None:
    """The log of a client that was given none: the logger `video_scraper`, where only who looks for errors sees it."""
    _LOGGER.debug("%s", entry)
