"""Starts the command line. What it needs is imported late, so that Ctrl-C is heeded from the first moment on."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """`video-scraper`, and `python -m video_scraper`."""
    try:
        from .run_command import run_from_shell

        code = run_from_shell(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # Whoever reads, such as `head`, has had enough. What is still to be written goes nowhere.
        sys.stdout = open(os.devnull, "w")
        code = 0
    sys.exit(code)
