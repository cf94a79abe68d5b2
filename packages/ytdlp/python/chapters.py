"""The chapters of a video: those that the source names, else those that lie in the file."""
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import PostProcessingError

from events import number, text

# A film has some dozens. `contracts/src/options/chapters.ts` says the number.
CHAPTERS_MAX = 100
TITLE_LENGTH_MAX = 200


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
    """Only what has a beginning, and an end behind it that is its own, the next one's beginning, or the end of all."""
    if not isinstance(listed, (list, tuple)):
        return []
    found = [read(each) for each in listed[:CHAPTERS_MAX] if isinstance(each, dict)]
    starts = [number(start) for start, _, _ in found]
    chapters = []
    for at, (start, end, title) in enumerate(found):
        start, end = number(start), number(end)
        end = end or (starts[at + 1] if at + 1 < len(starts) else duration)
        if start is None or end is None or not 0 <= start < end:
            continue
        chapters.append((start, end, text(title, TITLE_LENGTH_MAX) if isinstance(title, str) else None))
    return chapters
