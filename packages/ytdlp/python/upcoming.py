"""Has yt-dlp say when a stream begins that has not begun.

An extractor refuses such a stream in a sentence, before it has read the time. Asked to go on without formats, as yt-dlp itself
does for who waits (`--wait-for-video`), it also tells the time, and then the refusal is raised together with it.
"""
import functools
import re

from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.utils import ExtractorError

# Refusals that may be of a stream that has not begun. After any other one there is nothing more to find out.
NOT_YET = re.compile(
    r'\b(not (yet )?(been )?(started|begun)|(will )?(begin|begins|start|starts|available)\b.{0,40}\b(in|at|on|after|soon)\b'
    r'|scheduled|premieres?|upcoming)', re.IGNORECASE)


class NotStarted(ExtractorError):
    """The stream has not begun. `starts_at`: epoch seconds, where the source says when it will."""

    def __init__(self, message, starts_at, **facts):
        super().__init__(message, expected=True, **facts)
        self.starts_at = starts_at


def not_started(info, message='The stream has not started yet'):
    """The refusal of a video whose record says that it has not begun; None for any other record."""
    if not isinstance(info, dict) or info.get('live_status') != 'is_upcoming' or info.get('formats'):
        return None
    return NotStarted(message, info.get('release_timestamp'), video_id=info.get('id'), ie=info.get('extractor'))


@functools.cache
def hear_when_streams_start():
    """For all extractors. Once: it would nest."""
    refuse, extract = InfoExtractor.raise_no_formats, InfoExtractor.extract

    def refuse_later(self, msg, expected=False, video_id=None):
        try:
            refuse(self, msg, expected, video_id)
        except ExtractorError as error:
            if not expected or not NOT_YET.search(str(error.orig_msg)):
                raise
            self._put_off = error

    def extract_or_refuse(self, url):
        self._put_off = None
        try:
            found = extract(self, url)
        except Exception:
            # It could not go on without formats, so the first refusal is the reason.
            if self._put_off is None:
                raise
            found = None
        error, self._put_off = self._put_off, None
        if error is None or (isinstance(found, dict) and found.get('formats')):
            return found
        error.ie = error.ie or self.IE_NAME
        raise not_started(found, error.orig_msg) or error

    InfoExtractor.raise_no_formats = refuse_later
    InfoExtractor.extract = extract_or_refuse
