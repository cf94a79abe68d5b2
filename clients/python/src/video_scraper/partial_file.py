"""A file that grows at its end, and knows the digest of what is in it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Final

_PIECE: Final = 1024 * 1024


class PartialFile:
    """Opens the file, which may be there, and reads what is in it. A context manager, which closes it."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        self._file = os.fdopen(descriptor, "r+b")
        self._hash = hashlib.sha256()
        self.size = 0
        try:
            while piece := self._file.read(_PIECE):
                self._note(piece)
        except BaseException:
            self._file.close()
            raise

    def _note(self, piece: bytes) -> None:
        self._hash.update(piece)
        self.size += len(piece)

    def append(self, piece: bytes) -> None:
        self._file.write(piece)
        self._note(piece)

    def clear(self) -> None:
        """Begins anew."""
        self._file.seek(0)
        self._file.truncate()
        self._hash = hashlib.sha256()
        self.size = 0

    def finish(self) -> str:
        """Writes everything to the disk. Returns the SHA-256, in hexadecimal."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._hash.hexdigest()

    def __enter__(self) -> PartialFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
