"""Reads the words and the numbers that a command was given, or says how it is used."""

from __future__ import annotations

import re

from ..errors import UsageError
from .options import Options


def wrong_use(text: str) -> UsageError:
    return UsageError(f"Use: video-scraper {text}", code="invalid_argument")


def word_of(options: Options, what: str) -> str:
    if len(options.words) != 1:
        raise wrong_use(f"{options.command}, with {what}, and nothing else")
    return options.words[0]


def number(text: str | None, otherwise: float) -> float:
    if text is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", text) or float(text) <= 0:
        raise wrong_use("with a number where a number belongs")
    return float(text)


def deadline_of(options: Options) -> float | None:
    text = options.text("deadline")
    return None if text is None else number(text, 0)
