"""Runs one command, writes its answer or its error, and says with which code to exit."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, TextIO

from .._async.client import AsyncVideoScraper
from ..errors import UsageError, VideoScraperError
from ..version import VERSION
from .command import Reply, Surroundings
from .commands import COMMANDS
from .exit_codes import INTERRUPTED, exit_code_of
from .options import HELP, Options, read_options
from .plain_text import plain_text
from .progress_bar import ProgressBar


def run_from_shell(argv: Sequence[str]) -> int:
    """With the streams of this process. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A letter that the terminal does not know is no reason to stop.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    return asyncio.run(run_command(read_options(argv), sys.stdout, sys.stderr))


async def run_command(options: Options, out: TextIO, err: TextIO) -> int:
    if options.is_set("help") or options.is_set("version"):
        out.write(HELP if options.is_set("help") else f"{VERSION}\n")
        out.flush()
        return 0
    bar = ProgressBar(err, options.is_set("quiet") or options.is_set("json"))
    work = asyncio.ensure_future(_reply_of(options, bar))
    _heed_signals(work)
    try:
        reply = await work
    except asyncio.CancelledError:
        bar.clear()
        err.write("Interrupted. The job was cancelled, if there was one.\n")
        return INTERRUPTED
    except Exception as error:
        bar.clear()
        err.write(f"{_json_text(error) if options.is_set('json') else _error_text(error)}\n")
        return exit_code_of(error)
    bar.clear()
    text = json.dumps(reply.value, indent=2, ensure_ascii=False) if options.is_set("json") else reply.text.rstrip()
    out.write(f"{text}\n")
    out.flush()
    return 0


def _heed_signals(work: asyncio.Future[Any]) -> None:
    """The first Ctrl-C ends the work, which cancels the job. The second one ends the program."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        work.cancel()

    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
    except NotImplementedError:
        pass  # On Windows Ctrl-C ends the program, which ends the task.


async def _reply_of(options: Options, bar: ProgressBar) -> Reply:
    if options.problem is not None:
        raise options.problem
    command = COMMANDS.get(options.command)
    if command is None:
        raise UsageError(
            f"There is no command {options.command or 'given'}. See video-scraper --help.", code="invalid_argument"
        )
    async with AsyncVideoScraper(base_url=options.text("url"), api_key=options.text("key")) as client:
        return await command(Surroundings(client, options, bar))


def _error_text(error: Exception) -> str:
    code, next_step, request_id = (getattr(error, name, None) for name in ("code", "next_step", "request_id"))
    facts = ", ".join(each for each in (code, request_id and f"request {request_id}") if each)
    return plain_text(f"{error}{f' {next_step}' if next_step else ''}{f' ({facts})' if facts else ''}")


def _json_text(error: Exception) -> str:
    facts: dict[str, object] = {"error": str(error), "code": "unknown"}
    if isinstance(error, VideoScraperError):
        names = ("code", "status", "retryable", "request_id", "retry_after")
        facts = {"error": error.message, **{name: getattr(error, name) for name in names}}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
