"""Compiles the modules of the ffmpeg shim, which would take a third of the time of every start.

    python -I -S compile_modules.py <module> …

What is compiled holds the digest of its source (PEP 552), so it is never taken for that of another. What is compiled already is not
written again: a worker must be able to start on a full disk.
"""
import os
import py_compile
import sys
from importlib.util import cache_from_source, source_hash


def is_compiled(path):
    try:
        with open(path, 'rb') as source, open(cache_from_source(path), 'rb') as compiled:
            # After the version and the flags.
            return compiled.read(16)[8:] == source_hash(source.read())
    except OSError:
        return False


for module in sys.argv[1:]:
    if not is_compiled(module):
        written = py_compile.compile(module, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
        # Jobs may have users of their own.
        os.chmod(written, 0o644)
        os.chmod(os.path.dirname(written), 0o755)
