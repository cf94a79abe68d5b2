"""The chapters of a video: those that the source names, else those that lie in the file."""
import re

from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import PostProcessingError

from events import number, text

# A film has some dozens. `contracts/src/options/chapters.ts` says the number.
CHAPTERS_MAX = 100
TITLE_LENGTH_MAX = 200
# What yt-dlp calls those without a name.
UNNAMED = re.compile(r'<Untitled Chapter \d+>')


def known_chapters(ydl, info):
    """A list of start, end (seconds, ascending) and title (None where it has none). Empty where there are none."""
    return named_chapters(info) or _chapters_in(ydl, info['filepath'])


def named_chapters(info):
    return _whole(info.get('chapters'), lambda each: (each.get('start_time'), each.get('end_time'), each.get('title')), number(info.get('duration')))


def _chapters_in(ydl, path):
    try:
        report = FFmpegPostProcessor(ydl).get_metadata_object(path, ['-show_chapters'])
    except (PostProcessingError, ValueError):
        return []
    return _whole(report.get('chapters'), lambda each: (_seconds(each.get('start_time')), _seconds(each.get('end_time')), (each.get('tags') or {}).get('title')), None)


def _seconds(written):
    try:
        return float(written)
    except (TypeError, ValueError):
        return None


def _whole(listed, read, duration):
    """Only what has a beginning, and an end behind it that is its own, the next one's beginning, or the end of all.

    One ends at the latest where the next one begins, and what still begins before the end of the one before is left out: all
    of them together are no longer than the video.
    """
    if not isinstance(listed, (list, tuple)):
        return []
    found = [read(each) for each in listed[:CHAPTERS_MAX] if isinstance(each, dict)]
    starts = [number(start) for start, _, _ in found]
    chapters = []
    for at, (start, end, title) in enumerate(found):
        start, end = number(start), number(end)
        following = starts[at + 1] if at + 1 < len(starts) else None
        end = end or (duration if at + 1 == len(starts) else following)
        if start is None or end is None or not 0 <= start < end:
            continue
        if following is not None and start < following < end:
            end = following
        if not chapters or start >= chapters[-1][1]:
            chapters.append((start, end, _title(title)))
    return chapters


def _title(title):
    if not isinstance(title, str) or UNNAMED.fullmatch(title):
        return None
    return text(title, TITLE_LENGTH_MAX)
