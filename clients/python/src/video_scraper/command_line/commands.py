"""What each command does: it returns its answer, as a value for `--json` and as text."""

from __future__ import annotations

import math
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar, Union

from .._async.client import AsyncVideoScraper
from ..errors import UsageError
from ..model import Model
from ..savable import SaveProgress
from ..schemas import Download, Job
from .completion import completion_for
from .options import Options
from .plain_text import plain_text, table_text
from .progress_bar import Progress, ProgressBar, size_text, time_text

_DEFAULT_LIMIT: Final = 50
_TRANSCRIPT_FORMS: Final = ("text", "json", "srt", "vtt")

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


async def _info(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = _word_of(options, "the address of the video")
    if options.is_set("detach"):
        return _started(await client.start_info(url, {"fresh": True} if options.is_set("fresh") else {}), "job_id")
    job = await client.info(
        url,
        {"fresh": True} if options.is_set("fresh") else {},
        on_progress=_teller(surroundings.bar),
        deadline=_deadline(options),
        cancel_on_abort=True,
    )
    video = job.video_info
    rows = [
        [
            each.format_id,
            each.ext,
            f"{each.width}x{each.height}" if each.width and each.height else "",
            "" if each.filesize is None else size_text(each.filesize),
            each.format_note,
        ]
        for each in video.formats
    ]
    length = "" if video.duration is None else f" ({time_text(video.duration)})"
    head = [f"{plain_text(video.title)}{length}", plain_text(video.uploader), ""]
    return Reply(video.to_dict(), "\n".join([*head, table_text([["FORMAT", "EXT", "SIZE", "BYTES", "NOTE"], *rows])]))


async def _download(surroundings: Surroundings) -> Reply:
    format_id = surroundings.options.text("format")
    return await _saved(surroundings, {} if format_id is None else {"format_id": format_id})


async def _audio(surroundings: Surroundings) -> Reply:
    audio_format = surroundings.options.text("format")
    return await _saved(
        surroundings, {"media": "audio", **({} if audio_format is None else {"audio_format": audio_format})}
    )


async def _saved(surroundings: Surroundings, wanted: Mapping[str, str]) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = _word_of(options, "the address of the video")
    fields: Any = dict(wanted)
    if options.is_set("fresh"):
        fields["fresh"] = True
    if options.is_set("detach"):
        return _started(await client.start_download(url, fields), "download_id")
    download = await client.download(
        url, fields, on_progress=_teller(surroundings.bar), deadline=_deadline(options), cancel_on_abort=True
    )
    speed = _speedometer()
    paths = await client.save(
        download, options.text("output") or "./", on_progress=lambda progress: surroundings.bar.show(speed(progress))
    )
    return Reply({**download.to_dict(), "paths": paths}, "\n".join(plain_text(path) for path in paths))


async def _transcript(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = _word_of(options, "the address of the video")
    form = options.text("format") or "text"
    fields: Any = {}
    if options.text("language") is not None:
        fields["language"] = options.text("language")
    if options.is_set("fresh"):
        fields["fresh"] = True
    if form not in _TRANSCRIPT_FORMS:
        raise _wrong_use("transcript URL --format text|json|srt|vtt")
    if options.is_set("detach"):
        return _started(await client.start_transcript(url, fields), "job_id")
    job = await client.transcript(
        url, fields, on_progress=_teller(surroundings.bar), deadline=_deadline(options), cancel_on_abort=True
    )
    text = await client.get_transcript_text(job.job_id, form)
    output = options.text("output")
    if output is None:
        return Reply(job.to_dict(), text.removesuffix("\n"))
    Path(output).write_bytes(text.encode("utf-8"))
    return Reply({**job.to_dict(), "path": output}, plain_text(output))


async def _playlist(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = _word_of(options, "the address of the list")
    fields: Any = {}
    if options.text("items") is not None:
        fields["items"] = options.text("items")
    if options.text("format") is not None:
        fields["options"] = {"format_id": options.text("format")}
    if options.is_set("fresh"):
        fields["fresh"] = True
    if options.is_set("detach"):
        return _started(await client.start_playlist(url, fields), "job_id")
    playlist = await client.playlist(
        url, fields, on_progress=_teller(surroundings.bar), deadline=_deadline(options), cancel_on_abort=True
    )
    entries = await _collected(client.entries(playlist.job_id, {"limit": 200}), math.inf)
    of = playlist.summary
    counts = (
        f"{of.completed} of {of.total} completed, {of.failed} failed, {of.cancelled} cancelled, {of.skipped} skipped"
    )
    rows = [[each.position, each.state, each.job_id, each.title] for each in entries]
    return Reply(
        {**playlist.to_dict(), "entries": [each.to_dict() for each in entries]},
        "\n".join([counts, "", table_text([["ENTRY", "STATE", "JOB", "TITLE"], *rows])]),
    )


async def _list(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    most = _number(options.text("limit"), _DEFAULT_LIMIT)
    if options.is_set("jobs"):
        jobs = await _collected(client.jobs(), most)
        rows = [[each.id, each.kind, each.status, f"{math.floor(each.progress * 100)} %", each.url] for each in jobs]
        return _listed(jobs, ["ID", "KIND", "STATUS", "DONE", "URL"], rows)
    files = await _collected(client.downloads(), most)
    return _listed(
        files,
        ["CREATED", "SIZE", "FILE"],
        [[each.created_at, size_text(each.size_bytes), each.filename] for each in files],
    )


async def _cancel(surroundings: Surroundings) -> Reply:
    reply = await surroundings.client.cancel(_word_of(surroundings.options, "the id of the job"))
    return Reply(reply.to_dict(), plain_text(reply.message))


async def _keys(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    action, subject = [*options.words, None, None][:2]
    if action is None:
        keys = await _collected(client.keys(), _number(options.text("limit"), _DEFAULT_LIMIT))
        rows = [[each.id, each.name, each.status, ",".join(each.scopes)] for each in keys]
        return _listed(keys, ["ID", "NAME", "STATUS", "SCOPES"], rows)
    if subject is None or action not in ("create", "revoke", "rotate"):
        raise _wrong_use("keys create NAME, keys revoke ID, keys rotate ID")
    if action == "revoke":
        return Reply((await client.revoke_key(subject)).to_dict(), "Revoked.")
    if action == "create":
        scopes = options.texts("scope") or ["read", "write"]
        issued = await client.create_key({"name": subject, "scopes": scopes})
    else:
        issued = await client.rotate_key(subject)
    return Reply(issued.to_dict(), issued.key)


async def _completion(surroundings: Surroundings) -> Reply:
    words = surroundings.options.words
    text = completion_for(words[0] if words else None)
    return Reply(text, text)


COMMANDS: Final[Mapping[str, Callable[[Surroundings], Awaitable[Reply]]]] = {
    "info": _info,
    "download": _download,
    "audio": _audio,
    "transcript": _transcript,
    "playlist": _playlist,
    "list": _list,
    "cancel": _cancel,
    "keys": _keys,
    "completion": _completion,
}


def _started(answer: Model, name: str) -> Reply:
    return Reply(answer.to_dict(), plain_text(answer.to_dict().get(name)))


def _listed(items: Sequence[Model], head: Sequence[str], rows: Sequence[Sequence[object]]) -> Reply:
    return Reply([each.to_dict() for each in items], table_text([head, *rows]))


def _teller(bar: ProgressBar) -> Callable[[Union[Job, Download]], None]:
    """The service's own progress is the first half of what people see: its download; then comes ours."""

    def tell(job: Union[Job, Download]) -> None:
        if job.status == "processing" and job.summary is not None:
            bar.show(Progress(plain_text(job.message), job.progress, None, None))
        if job.status != "in_progress":
            return
        label = plain_text(job.status_message)
        bar.show(Progress(label, job.progress, job.speed_bytes_per_second, job.eta_seconds))

    return tell


def _deadline(options: Options) -> float | None:
    text = options.text("deadline")
    return None if text is None else _number(text, 0)


def _speedometer() -> Callable[[SaveProgress], Progress]:
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


async def _collected(items: AsyncIterator[Item], most: float) -> list[Item]:
    found: list[Item] = []
    async for item in items:
        found.append(item)
        if len(found) >= most:
            break
    return found


def _wrong_use(text: str) -> UsageError:
    return UsageError(f"Use: video-scraper {text}", code="invalid_argument")


def _word_of(options: Options, what: str) -> str:
    if len(options.words) != 1:
        raise _wrong_use(f"{options.command}, with {what}, and nothing else")
    return options.words[0]


def _number(text: str | None, otherwise: float) -> float:
    if text is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", text) or float(text) <= 0:
        raise _wrong_use("with a number where a number belongs")
    return float(text)
