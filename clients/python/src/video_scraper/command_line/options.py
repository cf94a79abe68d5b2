"""Reads the words after `video-scraper`, as the JavaScript command line reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Union

from ..errors import UsageError

COMMANDS: Final[Mapping[str, str]] = {
    "info": "info URL                  what is known about a video",
    "download": "download URL [-o PATH]    get the file of a video",
    "audio": "audio URL [-o PATH]       get the sound of a video alone",
    "transcript": "transcript URL [-o FILE]  what is said in a video, of its captions",
    "playlist": "playlist URL              download each entry of a list",
    "list": "list [--jobs]             own files, or own jobs, newest first",
    "cancel": "cancel ID                 stop a job",
    "keys": "keys [create NAME | revoke ID | rotate ID]",
    "completion": "completion bash|zsh|fish  a script that completes these words",
}


@dataclass(frozen=True)
class _Flag:
    takes_value: bool
    short: str | None = None
    is_multiple: bool = False


_FLAGS: Final[Mapping[str, _Flag]] = {
    "output": _Flag(True, "o"),
    "json": _Flag(False),
    "format": _Flag(True, "f"),
    "language": _Flag(True),
    "items": _Flag(True),
    "url": _Flag(True),
    "key": _Flag(True),
    "limit": _Flag(True),
    "scope": _Flag(True, is_multiple=True),
    "jobs": _Flag(False),
    "fresh": _Flag(False),
    "detach": _Flag(False),
    "deadline": _Flag(True),
    "quiet": _Flag(False, "q"),
    "help": _Flag(False, "h"),
    "version": _Flag(False),
}

FLAG_NAMES: Final = tuple(_FLAGS)

_SHORT: Final = {flag.short: name for name, flag in _FLAGS.items() if flag.short}

_LINES: Final = "\n  ".join(COMMANDS.values())

HELP: Final = f"""Usage: video-scraper COMMAND [options]

  {_LINES}

  -o, --output PATH   a file or a folder (default: the current folder); of a transcript a file (default: the screen)
  -f, --format ID     a format_id of `info`, or two joined by +; of audio mp3, m4a, opus, flac
                      or wav; of a transcript text, json, srt or vtt
      --language TAG  of a transcript (default: that of the video)
      --items PLACES  of a list, such as 1-20,-1 (default: all entries)
      --fresh         ask the source again
      --detach        start the job, print its id, and do not wait
      --deadline S    give up after so many seconds, and cancel the job
      --limit N       at most so many rows of a list (default 50)
      --scope NAME    of a new key: read, write, cookies or admin; may be given several times
      --json          the answer as JSON, and errors as JSON on the error stream
  -q, --quiet         no progress
      --url URL       the service (default: VIDEO_SCRAPER_URL, else http://localhost:5501)
      --key KEY       the API key (default: VIDEO_SCRAPER_API_KEY); others on this machine may see it
  -h, --help, --version

Ctrl-C cancels the job. Exit codes: 0 done, 1 the job failed, 2 wrong use or refused request, 3 no access, 4 not there,
5 a limit, 6 the service could not, 7 no answer, 8 the deadline is over, 9 the file is damaged, 130 interrupted.
"""

Value = Union[bool, str, "list[str]"]


@dataclass(frozen=True)
class Options:
    command: str
    words: Sequence[str]
    flags: Mapping[str, Value]
    problem: UsageError | None = field(default=None)
    """Why the words cannot be read."""

    def is_set(self, name: str) -> bool:
        return self.flags.get(name) is True

    def text(self, name: str) -> str | None:
        value = self.flags.get(name)
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> Sequence[str]:
        value = self.flags.get(name)
        return value if isinstance(value, list) else ()


def read_options(argv: Sequence[str]) -> Options:
    """Never raises: `problem` says what is wrong."""
    flags: dict[str, Value] = {}
    words: list[str] = []
    try:
        for name, value in _read(argv):
            if name is None:
                words.append(str(value))
            elif _FLAGS[name].is_multiple:
                flags[name] = [*_listed(flags.get(name)), str(value)]
            else:
                flags[name] = value
    except UsageError as problem:
        return Options("", (), {"json": "--json" in argv}, problem)
    command, *others = words or [""]
    return Options(command, others, flags)


def _listed(value: Value | None) -> Sequence[str]:
    return value if isinstance(value, list) else ()


def _read(argv: Sequence[str]) -> Iterator[tuple[str | None, Union[bool, str]]]:
    """Each flag with its value, and each other word with `None`."""
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        if word == "--":
            yield from ((None, each) for each in rest)
            return
        if word.startswith("--"):
            yield _long(word, rest)
        elif len(word) > 1 and word.startswith("-"):
            yield from _shorts(word, rest)
        else:
            yield None, word


def _long(word: str, rest: list[str]) -> tuple[str, Union[bool, str]]:
    name, equals, value = word[2:].partition("=")
    flag = _FLAGS.get(name)
    if flag is None:
        raise _unknown(f"--{name}")
    if not flag.takes_value:
        if equals:
            raise _problem(f"Option '{_shown(name)}' does not take an argument")
        return name, True
    return name, value if equals else _value_of(name, f"--{name}", rest)


def _shorts(word: str, rest: list[str]) -> Iterator[tuple[str, Union[bool, str]]]:
    """`-qh` is `-q -h`, and `-oPATH` is `-o PATH`."""
    for index, letter in enumerate(word[1:], start=1):
        name = _SHORT.get(letter)
        if name is None:
            raise _unknown(f"-{letter}")
        if _FLAGS[name].takes_value:
            value = word[index + 1 :]
            yield name, value or _value_of(name, f"-{letter}", rest)
            return
        yield name, True


def _value_of(name: str, used: str, rest: list[str]) -> str:
    value = rest.pop(0) if rest else None
    if value is None:
        raise _problem(f"Option '{_shown(name)} <value>' argument missing")
    if len(value) > 1 and value.startswith("-"):
        raise _problem(f"Option '{used}' argument is ambiguous.")
    return value


def _shown(name: str) -> str:
    short = _FLAGS[name].short
    return f"-{short}, --{name}" if short else f"--{name}"


def _unknown(used: str) -> UsageError:
    quoted = json.dumps(used)
    hint = f"place it at the end of the command after '--', as in '-- {quoted}"
    return _problem(f"Unknown option '{used}'. To specify a positional argument starting with a '-', {hint}")


def _problem(text: str) -> UsageError:
    return UsageError(text, code="invalid_argument")
