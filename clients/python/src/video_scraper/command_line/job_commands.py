"""The commands that make a job and wait for its end."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .arguments import deadline_of, word_of, wrong_use
from .command import Reply, Surroundings, collected, started
from .job_progress import progress_on, speedometer
from .plain_text import plain_text, table_text
from .progress_bar import size_text, time_text

_TRANSCRIPT_FORMS: Final = ("text", "json", "srt", "vtt")


async def info(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = word_of(options, "the address of the video")
    if options.is_set("detach"):
        return started(await client.start_info(url, {"fresh": True} if options.is_set("fresh") else {}), "job_id")
    job = await client.info(
        url,
        {"fresh": True} if options.is_set("fresh") else {},
        on_progress=progress_on(surroundings.bar),
        deadline=deadline_of(options),
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


async def download(surroundings: Surroundings) -> Reply:
    format_id = surroundings.options.text("format")
    return await _saved(surroundings, {} if format_id is None else {"format_id": format_id})


async def audio(surroundings: Surroundings) -> Reply:
    audio_format = surroundings.options.text("format")
    return await _saved(
        surroundings, {"media": "audio", **({} if audio_format is None else {"audio_format": audio_format})}
    )


async def _saved(surroundings: Surroundings, wanted: Mapping[str, str]) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = word_of(options, "the address of the video")
    fields: Any = dict(wanted)
    if options.is_set("fresh"):
        fields["fresh"] = True
    if options.is_set("detach"):
        return started(await client.start_download(url, fields), "download_id")
    download = await client.download(
        url, fields, on_progress=progress_on(surroundings.bar), deadline=deadline_of(options), cancel_on_abort=True
    )
    speed = speedometer()
    paths = await client.save(
        download, options.text("output") or "./", on_progress=lambda progress: surroundings.bar.show(speed(progress))
    )
    return Reply({**download.to_dict(), "paths": paths}, "\n".join(plain_text(path) for path in paths))


async def transcript(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = word_of(options, "the address of the video")
    form = options.text("format") or "text"
    fields: Any = {}
    if options.text("language") is not None:
        fields["language"] = options.text("language")
    if options.is_set("fresh"):
        fields["fresh"] = True
    if form not in _TRANSCRIPT_FORMS:
        raise wrong_use("transcript URL --format text|json|srt|vtt")
    if options.is_set("detach"):
        return started(await client.start_transcript(url, fields), "job_id")
    job = await client.transcript(
        url, fields, on_progress=progress_on(surroundings.bar), deadline=deadline_of(options), cancel_on_abort=True
    )
    text = await client.get_transcript_text(job.job_id, form)
    output = options.text("output")
    if output is None:
        return Reply(job.to_dict(), text.removesuffix("\n"))
    Path(output).write_bytes(text.encode("utf-8"))
    return Reply({**job.to_dict(), "path": output}, plain_text(output))


async def playlist(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    url = word_of(options, "the address of the list")
    fields: Any = {}
    if options.text("items") is not None:
        fields["items"] = options.text("items")
    if options.text("format") is not None:
        fields["options"] = {"format_id": options.text("format")}
    if options.is_set("fresh"):
        fields["fresh"] = True
    if options.is_set("detach"):
        return started(await client.start_playlist(url, fields), "job_id")
    playlist = await client.playlist(
        url, fields, on_progress=progress_on(surroundings.bar), deadline=deadline_of(options), cancel_on_abort=True
    )
    entries = await collected(client.entries(playlist.job_id, {"limit": 200}), math.inf)
    of = playlist.summary
    counts = (
        f"{of.completed} of {of.total} completed, {of.failed} failed, {of.cancelled} cancelled, {of.skipped} skipped"
    )
    rows = [[each.position, each.state, each.job_id, each.title] for each in entries]
    return Reply(
        {**playlist.to_dict(), "entries": [each.to_dict() for each in entries]},
        "\n".join([counts, "", table_text([["ENTRY", "STATE", "JOB", "TITLE"], *rows])]),
    )
