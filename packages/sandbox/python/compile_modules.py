"""Compiles the modules of the ffmpeg shim, which would take a third of the time of every start.

    python -I -S compile_modules.py <module> …

What is compiled holds the digest of its source (PEP 552), so it is never taken for that of another. What is there and whole is not
written again: a worker must be able to start on a full disk. What is not whole is removed where it cannot be replaced: Python would
fail at it and not look at the source.
"""
import contextlib
import marshal
import os
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash

# Named after its source by a digest, which is compared at each import.
HASHED_AND_CHECKED = (0b11).to_bytes(4, 'little')
# Jobs may have users of their own.
FOLDER_MODE, FILE_MODE = 0o755, 0o644


def provide(path):
    target = cache_from_source(path)
    with open(path, 'rb') as file:
        source = file.read()
    head = MAGIC_NUMBER + HASHED_AND_CHECKED + source_hash(source)
    if is_whole(target, head):
        return
    try:
        write(target, head + marshal.dumps(compile(source, path, 'exec', dont_inherit=True)))
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(target)


def is_whole(target, head):
    try:
        with open(target, 'rb') as file:
            content = file.read()
        marshal.loads(content[len(head):])
    except (OSError, EOFError, ValueError, TypeError):
        return False
    return content.startswith(head)


def write(target, content):
    """All of it, or nothing: a disk that is nearly full takes the beginning and says so by a count alone."""
    draft = f'{target}.{os.getpid()}'
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        with open(draft, 'wb') as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), FILE_MODE)
        os.replace(draft, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


for module in sys.argv[1:]:
    provide(module)
    # Also where it was made by a process that was ended before it came to this.
    with contextlib.suppress(OSError):
        os.chmod(os.path.dirname(cache_from_source(module)), FOLDER_MODE)
