"""Fetches what was asked for beside the media, into the folder of the job, and names each file. What cannot be had is a warning.

The media is whole by then. A subtitle or a picture that is not there, or is not what it should be, ends nothing.
"""
import errno

from yt_dlp.utils import YoutubeDLError

from embedded import embed
from events import text
from parts import cut_parts
from subtitles import find_subtitles, write_beside
from thumbnail import fetch_thumbnail

# Of the machine, and not of what was asked for.
FINAL_ERRNOS = {errno.EFBIG, errno.ENOSPC, errno.EDQUOT}
FACT_LENGTH_MAX = 200
# `src/warnings.ts` knows the sentences.
NO_SUBTITLES = 'Subtitles that were asked for could not be had'
NOT_EMBEDDED = 'The tracks of text that were asked for could not be put into the media'
NO_THUMBNAIL = 'A picture of the video that was asked for could not be had'


def fetch_beside(ydl, info, settings, events):
    """Settings: beside, with subtitles (languages, format, deliver, automatic) and thumbnail (true), clips and chapters, each only where it is asked for."""
    wanted, folder = settings.get('beside') or {}, settings['folder']

    def tell(path, role, **facts):
        # A source may repeat a cookie in what it names. The path is ours, and stays as it is.
        told = {key: events.without_secrets(text(value, FACT_LENGTH_MAX)) if isinstance(value, str) else value for key, value in facts.items()}
        events.emit('beside', path=path, role=role, **told)

    if 'subtitles' in wanted:
        _fetch_subtitles(ydl, info, wanted['subtitles'], folder, tell, events)
    if wanted.get('thumbnail'):
        _attempt(ydl, NO_THUMBNAIL, lambda: fetch_thumbnail(ydl, info, folder, tell))
    if wanted.get('clips') or wanted.get('chapters'):
        cut_parts(ydl, info, wanted, folder, tell, events)


def _fetch_subtitles(ydl, info, wanted, folder, tell, events):
    """`deliver`: file, embedded or both. What does not fit into the media lies beside it."""
    found = []
    for language in wanted['languages']:
        each = _attempt(ydl, NO_SUBTITLES, lambda: find_subtitles(ydl, info, {**wanted, 'language': language}, folder))
        # `en` and `en-GB` may be asked for, and be the same.
        if each and each.language not in [other.language for other in found]:
            # It names a track in the media and a file.
            found.append(each._replace(language=events.without_secrets(each.language)))
    is_embedded = False
    if found and wanted['deliver'] != 'file':
        is_embedded = _attempt(ydl, NOT_EMBEDDED, lambda: embed(ydl, info, found, folder))
    if wanted['deliver'] != 'embedded' or not is_embedded:
        for each in found:
            write_beside(each, wanted, folder, tell)


def _attempt(ydl, sentence, work):
    try:
        found = work()
    except (YoutubeDLError, OSError, ValueError, LookupError) as error:
        if getattr(error, 'errno', None) in FINAL_ERRNOS:
            raise
        found = False
    if not found:
        ydl.report_warning(sentence)
    return found
