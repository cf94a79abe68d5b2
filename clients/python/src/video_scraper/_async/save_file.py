"""Saves one file: in parts if need be, until its digest is the one that was announced."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import httpx

from ..deadline import NEVER
from ..errors import VideoScraperError
from ..failures import timed_out, unreachable
from ..parsed import object_of
from ..partial_file import PartialFile
from ..retries import FIRST_WAIT, is_passing, spread
from ..savable import SavedFile, SaveProgress
from .primitives import away, pause

_BARREN_ANSWERS: Final = 6
"""So many answers in a row may bring nothing."""


class OpenFile(Protocol):
    def __call__(self, filename: str, headers: dict[str, str], /) -> AbstractAsyncContextManager[httpx.Response]: ...


class _BrokenBody(Exception):
    """The answer is not the part of the file that was asked for."""


async def save_file(
    opened: OpenFile, file: SavedFile, target: Path, tell: Callable[[SaveProgress], object] | None
) -> None:
    """Returns when the file is there under its name."""
    # A part of another file is never continued.
    part_path = target.with_name(f"{target.name}.{file.sha256[:12]}.part")
    await away(lambda: target.parent.mkdir(parents=True, exist_ok=True))
    for is_last in (False, True):
        part = await away(lambda: PartialFile(part_path))
        with part:
            await _fetch_rest(opened, file, part, tell)
            digest = await away(part.finish)
        if digest == file.sha256:
            await away(lambda: os.replace(part_path, target))
            return
        await away(part_path.unlink)
        if is_last:
            raise file.differs()


async def _fetch_rest(
    opened: OpenFile, file: SavedFile, part: PartialFile, tell: Callable[[SaveProgress], object] | None
) -> None:
    """Fetches until as many bytes are there as the file has."""
    if part.size > file.size_bytes:
        part.clear()
    # The strong ETag of the answer before: what follows must be of the same file.
    validator: str | None = None
    barren = 0
    while part.size < file.size_bytes:
        before = part.size
        try:
            async with opened(file.filename, _headers_of(part, validator)) as response:
                _agree(response, part)
                etag = response.headers.get("etag", "")
                validator = etag if etag.startswith('"') else None
                await _append(response, file, part, tell)
        except (VideoScraperError, _BrokenBody) as error:
            # What the network does to a body is mended by another answer; all else is not.
            if isinstance(error, VideoScraperError) and not is_passing(error):
                raise
            if barren >= _BARREN_ANSWERS:
                raise (file.differs() if isinstance(error, _BrokenBody) else error) from error
        barren = 0 if part.size > before else barren + 1
        if barren > _BARREN_ANSWERS:
            raise file.differs()
        if part.size < file.size_bytes:
            await pause(spread(FIRST_WAIT * 2**barren), NEVER)


def _headers_of(part: PartialFile, validator: str | None) -> dict[str, str]:
    headers = {"accept-encoding": "identity"}
    if part.size > 0:
        headers["range"] = f"bytes={part.size}-"
        if validator is not None:
            headers["if-range"] = validator
    return headers


def _agree(response: httpx.Response, part: PartialFile) -> None:
    """Makes the partial file end where the answer begins."""
    match = re.match(r"bytes ([0-9]+)-", response.headers.get("content-range", ""))
    if response.status_code == 206 and match is not None and int(match[1]) == part.size:
        return
    part.clear()
    if response.status_code != 200:
        raise _BrokenBody


async def _append(
    response: httpx.Response, file: SavedFile, part: PartialFile, tell: Callable[[SaveProgress], object] | None
) -> None:
    try:
        async for piece in response.aiter_bytes():
            await away(partial(part.append, piece))
            if tell is not None:
                tell(SaveProgress(file.filename, part.size, file.size_bytes))
            # More than was announced is another file; its digest will say so.
            if part.size > file.size_bytes:
                return
    except httpx.TimeoutException as cause:
        limits = object_of(response.request.extensions.get("timeout")) or {}
        raise timed_out(limits.get("read") or 0) from cause
    except (httpx.HTTPError, httpx.StreamError) as cause:
        raise unreachable(str(response.url), cause) from cause
