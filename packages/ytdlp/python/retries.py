"""Has yt-dlp raise the error that it gave up on. It only says so in words, and what a status is called gets lost.

A source that says how long to wait is not asked again at once: the queue waits for as long as it says.
"""
import functools

from yt_dlp.downloader.common import FileDownloader
from yt_dlp.networking.exceptions import HTTPError
from yt_dlp.utils import NO_DEFAULT, DownloadError

TOO_MANY_REQUESTS = 429


@functools.cache
def raise_what_was_given_up_on():
    """For every protocol, for a whole file as for a segment. Once: it would nest."""
    report = FileDownloader.report_retry

    def report_or_raise(self, err, count, retries, frag_index=NO_DEFAULT, fatal=True):
        asks_to_wait = isinstance(err, HTTPError) and err.status == TOO_MANY_REQUESTS
        if fatal and isinstance(err, Exception) and (asks_to_wait or count > retries):
            raise DownloadError(f'[download] Got error: {err}', (type(err), err, err.__traceback__))
        report(self, err, count, retries, frag_index, fatal)

    FileDownloader.report_retry = report_or_raise
