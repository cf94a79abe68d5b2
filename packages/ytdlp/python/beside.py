"""Fetches what was asked for beside the media, into the folder of the job, and names each file. What cannot be had is a warning.

The media is whole by then. A subtitle or a picture that is not there, or is not what it should be, ends nothing.
"""
import errno

from yt_dlp.utils import YoutubeDLError

from events import text
from subtitles import fetch_subtitles
from thumbnail import fetch_thumbnail

# Of the machine, and not of what was asked for.
FINAL_ERRNOS = {errno.EFBIG, errno.ENOSPC, errno.EDQUOT}
# `src/warnings.ts` knows the sentences.
NO_SUBTITLES = 'Subtitles that were asked for could not be had'
NO_THUMBNAIL = 'A picture of the video that was asked for could not be had'


def fetch_beside(ydl, info, settings, events):
    """Settings: beside, with subtitles (languages, format, automatic) and thumbnail (true), each only where it is asked for."""
    wanted, folder = settings.get('beside') or {}, settings['folder']

    def tell(path, role, **facts):
        events.emit('beside', path=path, role=role, **{key: text(value, 50) if isinstance(value, str) else value for key, value in facts.items()})

    if 'subtitles' in wanted:
        for language in wanted['subtitles']['languages']:
            _attempt(ydl, NO_SUBTITLES, lambda: fetch_subtitles(ydl, info, {**wanted['subtitles'], 'language': language}, folder, tell))
    if wanted.get('thumbnail'):
        _attempt(ydl, NO_THUMBNAIL, lambda: fetch_thumbnail(ydl, info, folder, tell))


def _attempt(ydl, sentence, work):
    try:
        found = work()
    except (YoutubeDLError, OSError, ValueError, LookupError) as error:
        if getattr(error, 'errno', None) in FINAL_ERRNOS:
            raise
        found = False
    if not found:
        ydl.report_warning(sentence)

