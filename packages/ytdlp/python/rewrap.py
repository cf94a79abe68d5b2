"""Puts a bare stream into the mp4 that was asked for: streams come in pieces of MPEG-TS or ADTS, and are named mp4 all the same."""
import os

from yt_dlp.postprocessor.ffmpeg import FFmpegFixupPostProcessor
from yt_dlp.utils import PostProcessingError

from full_disk import naming_full_disk

# The extensions of an mp4 that yt-dlp gives, and what such a file has at its beginning.
ASKED_FOR = ('mp4', 'm4a', 'm4v', 'mov')
ATOMS = (b'ftyp', b'styp', b'moov', b'moof', b'mdat', b'sidx', b'wide', b'free', b'skip')
# ffprobe's names of what lies in no container that is meant for files.
BARE = ('mpegts', 'aac')
# Subtitles and data of a broadcast do not fit into an mp4, and would let all of it fail.
COPY = ('-map', '0:v?', '-map', '0:a?', '-c', 'copy', '-f', 'mp4')


def rewrap(ydl, info, events):
    """Where it cannot be done, the file stays as it is, and is named by what it is."""
    path = info['filepath']
    if info.get('ext') not in ASKED_FOR or _is_mp4(path):
        return
    post_processor = FFmpegFixupPostProcessor(ydl)
    try:
        report = post_processor.get_metadata_object(path)
        if (report.get('format') or {}).get('format_name') not in BARE:
            return
        events.emit('postprocess', name='Rewrap', status='started')
        with naming_full_disk(os.path.dirname(path)):
            post_processor._fixup('Putting the stream into an mp4', path, COPY)
    except (PostProcessingError, ValueError):
        return


def _is_mp4(path):
    with open(path, 'rb') as file:
        return file.read(8)[4:] in ATOMS
