"""Writes title, artist and date into a file of sound, as tags."""
from yt_dlp.postprocessor.ffmpeg import FFmpegMetadataPP

from events import text

# Nothing else of the record goes onto a command line: it also has the address, which is a client's, and long descriptions.
TAGS = ('title', 'track', 'artist', 'uploader', 'album', 'upload_date')
LENGTH_MAX = 500


def write_tags(ydl, info):
    known = {name: text(info.get(name), LENGTH_MAX) for name in TAGS if isinstance(info.get(name), str)}
    post_processor = FFmpegMetadataPP(ydl, add_metadata=True, add_chapters=False, add_infojson=False)
    post_processor.run({**known, 'filepath': info['filepath'], 'ext': info['ext']})
