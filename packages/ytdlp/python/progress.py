"""Watches the bytes of a download: tells the worker, not too often, and ends what grows beyond the limit."""
import functools
import threading
import time

from yt_dlp.downloader.common import FileDownloader

from events import number, text
from guard import FileTooLarge

INTERVAL_SECONDS = 0.25


@functools.cache
def read_in_short_blocks():
    """Has yt-dlp read as much at once as comes in a quarter of a second, instead of in a whole one.

    It tells how far it is after each block, and what is reported is to be less than a second old when a client reads it.
    Fast sources are read in blocks of 4 MiB either way. Once: it would nest.
    """
    size_of = FileDownloader.best_block_size
    FileDownloader.best_block_size = staticmethod(lambda elapsed, count: size_of(elapsed / INTERVAL_SECONDS, count))


class Progress:
    """A progress hook of yt-dlp. Fragments call it from several threads."""

    def __init__(self, events, max_file_bytes):
        self._events = events
        self._max_file_bytes = max_file_bytes
        self._lock = threading.Lock()
        self._downloaded = {}
        self._weighed = {}
        self._reported = {}

    def __call__(self, state):
        with self._lock:
            self._observe(state)

    def begin_anew(self):
        """Another extraction may choose other formats: what was weighed before is not part of the file."""
        with self._lock:
            self._weighed.clear()

    def _observe(self, state):
        format_id = text(str((state.get('info_dict') or {}).get('format_id') or ''), 200)
        total = number(state.get('total_bytes'))
        downloaded = number(state.get('downloaded_bytes'))
        if downloaded is None and state.get('status') == 'finished':
            downloaded = total
        # Fragments are counted by estimates that may fall; only a plain file that shrinks was begun anew.
        restarted = state.get('fragment_count') is None and (downloaded or 0) < self._downloaded.get(format_id, 0)
        self._downloaded[format_id] = downloaded or 0
        self._stop_at_the_limit(format_id, downloaded or 0, total or 0)

        status, reported_at = self._reported.get(format_id, (None, 0))
        now = time.monotonic()
        if state.get('status') == status and not restarted and now - reported_at < INTERVAL_SECONDS:
            return
        self._reported[format_id] = (state.get('status'), now)
        self._events.emit(
            'progress',
            format_id=format_id,
            status=text(state.get('status')),
            downloaded=downloaded,
            total=total,
            total_estimate=number(state.get('total_bytes_estimate')),
            fragment=number(state.get('fragment_index')),
            fragments=number(state.get('fragment_count')),
            speed=number(state.get('speed')),
            eta=number(state.get('eta')),
            restarted=restarted and state.get('status') == 'downloading',
        )

    def _stop_at_the_limit(self, format_id, downloaded, total):
        """yt-dlp's own limit needs a Content-Length, does not know fragments, and ends with success."""
        self._weighed[format_id] = max(downloaded, total)
        if 0 < self._max_file_bytes < sum(self._weighed.values()):
            raise FileTooLarge
