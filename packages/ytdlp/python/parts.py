"""Cuts clips and chapters out of the media file that is there. An attempt that comes later keeps those that are whole."""
import hashlib
import math
import os

from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import PostProcessingError

from chapters import known_chapters
from events import number as number_of
from full_disk import naming_full_disk

# `src/warnings.ts` knows the sentences.
NO_CHAPTERS = 'Chapters that were asked for could not be had'
NO_CLIP = 'A clip that was asked for could not be had'
# Memory grows with every thread, and there are as many as processors where nothing is said.
THREADS = ('-threads', '2')
# H.264 at a quality at which nobody sees the difference, as fast as that goes. yuv420p has one colour for each two by two points,
# so an odd width or height becomes one less.
PICTURE = ('-vf', 'scale=trunc(iw/2)*2:trunc(ih/2)*2', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p', *THREADS)
# By extension: how sound alone is encoded again. Everything else becomes m4a.
SOUNDS = {
    'mp3': ('-c:a', 'libmp3lame', '-q:a', '0'), 'opus': ('-c:a', 'libopus', '-b:a', '160k'),
    'flac': ('-c:a', 'flac'), 'wav': ('-c:a', 'pcm_s16le'),
}
AAC = ('-c:a', 'aac', '-b:a', '192k')
# Of the size of the media, and in bytes: parts begin with an earlier key picture, and what is short becomes larger when it is encoded again.
ABOVE_THE_CLAIM, ALWAYS = 0.25, 64 * 2**20


def cut_parts(ydl, info, wanted, folder, tell, events):
    """`wanted`: clips (start, end, exact) and chapters (true). `tell` hears of each file, with its part in seconds."""
    media = _Media(ydl, info['filepath'], events)
    parts = [('clip', clip['start'], clip['end'], None, clip['exact']) for clip in wanted.get('clips') or ()]
    if wanted.get('chapters'):
        chapters = known_chapters(ydl, info)
        if not chapters:
            ydl.report_warning(NO_CHAPTERS)
        parts += [('chapter', start, end, title, False) for start, end, title in chapters]
    found = _cut_within(media, folder, parts, copies_of_parts(info, wanted))
    _remove_others(folder, [path for _, path in found])
    for (role, start, end, title, _), path in found:
        if path is None:
            ydl.report_warning(NO_CLIP)
        else:
            tell(path, role, start=start, end=media.within(end), title=title)


def _cut_within(media, folder, parts, copies):
    """Pairs of a part and its path. None once all of them are larger than what was claimed: where the media has one key picture, each part is all of it."""
    total = media.size * (copies + ABOVE_THE_CLAIM) + ALWAYS
    found = []
    for number, part in enumerate(parts, 1):
        path = media.cut(folder, number, part) if total > 0 else None
        total -= os.path.getsize(path) if path else 0
        found.append((part, path))
    return found


def copies_of_parts(info, wanted):
    """How often the size of the media all parts together may have, in whole numbers; a guess where its length is not reported."""
    clips = wanted.get('clips') or ()
    seconds = number_of(info.get('duration'))
    shares = [(min(1, (clip['end'] - clip['start']) / seconds) if seconds else 0.1, clip['exact']) for clip in clips]
    # What is encoded again is most often larger than it was.
    share = sum(2 * each if is_exact else each for each, is_exact in shares)
    # Sums of tenths are not exact.
    return math.ceil(round(share, 6)) + (1 if wanted.get('chapters') else 0)


class _Media:
    def __init__(self, ydl, path, events):
        self._events = events
        self._path = path
        self._post_processor = FFmpegPostProcessor(ydl)
        report = self._post_processor.get_metadata_object(path)
        self._streams = [each for each in report.get('streams') or ()
                         if each.get('codec_type') in ('video', 'audio') and not (each.get('disposition') or {}).get('attached_pic')]
        self._seconds = float((report.get('format') or {}).get('duration') or 0) or None
        state = os.stat(path)
        # Another attempt may have fetched, or written, other bytes under the same name.
        self._identity = (os.path.basename(path), state.st_size, state.st_mtime_ns)
        self.size = state.st_size

    def within(self, end):
        return end if self._seconds is None else min(end, self._seconds)

    def cut(self, folder, number, part):
        """The path of the file; None where it cannot be had. A file that has its name is whole."""
        role, start, end, _, is_exact = part
        if self._seconds is not None and start >= self._seconds:
            return None
        ext, options = self._exact() if is_exact else self._copied()
        key = hashlib.sha256(repr((self._identity, role, start, end, is_exact)).encode()).hexdigest()[:16]
        path, draft = (os.path.join(folder, f'part.{number}.{key}.{each}') for each in (ext, f'draft.{ext}'))
        if os.path.exists(path):
            return path
        self._events.emit('postprocess', name='Cut', status='started')
        maps = [argument for each in self._streams for argument in ('-map', f'0:{each["index"]}')]
        length = ('-t', f'{self.within(end) - start:.6f}')
        # Times and titles of the whole would be wrong in a part; each stream keeps its language.
        plain = ('-map_chapters', '-1', '-map_metadata:g', '-1')
        try:
            with naming_full_disk(folder):
                self._post_processor.real_run_ffmpeg(
                    [(self._path, [*THREADS, '-ss', f'{start:.6f}'])], [(draft, [*length, *maps, *options, *plain])])
        except PostProcessingError:
            return None
        os.replace(draft, path)
        return path

    def _copied(self):
        """The first picture must be one that can be begun with, and it lies before the time that was asked for."""
        return os.path.splitext(self._path)[1][1:], ('-c', 'copy', '-avoid_negative_ts', 'make_zero')

    def _exact(self):
        ext = os.path.splitext(self._path)[1][1:]
        if any(each['codec_type'] == 'video' for each in self._streams):
            return 'mp4', (*PICTURE, *AAC)
        return (ext, SOUNDS[ext]) if ext in SOUNDS else ('m4a', AAC)


def _remove_others(folder, paths):
    """What an earlier attempt has cut out of other bytes, or not finished."""
    kept = {os.path.basename(path) for path in paths if path is not None}
    for name in os.listdir(folder):
        if name.startswith('part.') and name not in kept:
            os.remove(os.path.join(folder, name))
