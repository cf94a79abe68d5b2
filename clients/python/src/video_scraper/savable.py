"""What can be saved to the disk, under which names, and what is reported on the way."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

from .errors import IntegrityError, UsageError
from .model import Model

Savable = Union[Model, Mapping[str, Any]]
"""A completed download, or an entry of the list of files: with `filename`, `size_bytes`, `sha256`, and maybe `files`."""


@dataclass(frozen=True)
class SaveProgress:
    filename: str
    received_bytes: int
    """Of this file, what was there before included."""
    total_bytes: int


@dataclass(frozen=True)
class SavedFile:
    filename: str
    size_bytes: int
    sha256: str

    def differs(self) -> IntegrityError:
        return IntegrityError(
            f"{self.filename} is not the file that was announced: its digest or its size differs.",
            code="digest_differs",
            retryable=True,
        )


def targets_of(download: Savable, path: str | os.PathLike[str]) -> Sequence[tuple[SavedFile, str]]:
    """
    Each file with the place where it goes: of several, the first with media to `path`, and the others beside it under their
    own names. A `path` that is a folder, or ends with a slash, takes all of them under their own names. What has been
    removed is left out. Raises a `UsageError` for what has no file, and for a name that leads elsewhere.
    """
    text = os.fspath(path)
    facts = download.to_dict() if isinstance(download, Model) else download
    parts = [each for each in facts.get("files") or () if not each.get("expired")] or [facts]
    media = next((each for each in parts if each.get("role") == "media"), parts[0])
    is_folder = text.endswith(("/", os.sep)) or os.path.isdir(text)
    folder = text if is_folder else os.path.dirname(text)

    def target_of(part: Mapping[str, Any]) -> str:
        if part is media and not is_folder:
            return text
        return os.path.normpath(os.path.join(folder, _plain(part.get("filename"))))

    return [(_file_of(each), target_of(each)) for each in parts]


def _file_of(part: Mapping[str, Any]) -> SavedFile:
    filename, size, digest = part.get("filename"), part.get("size_bytes"), part.get("sha256")
    if not (isinstance(filename, str) and isinstance(size, int) and isinstance(digest, str)):
        raise UsageError("There is no file to save. Has the download completed?", code="invalid_argument")
    return SavedFile(filename, size, digest.lower())


def _plain(filename: object) -> str:
    """A name leads to no other folder, whatever the service says."""
    if isinstance(filename, str) and filename.strip(".") and not any(sign in filename for sign in "/\\\0"):
        return filename
    raise UsageError("The name of the file is no plain name. Say under which name to save it.", code="unsafe_filename")
