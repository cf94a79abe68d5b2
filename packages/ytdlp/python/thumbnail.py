"""The largest picture that a source has of a video."""
import os

from yt_dlp.utils import YoutubeDLError

from small_files import read_bounded, write_whole

# Sources list sizes that are not there. Nothing honest needs so many looks.
PICTURES_MAX = 6
MARKS = (('jpg', b'\xff\xd8\xff'), ('png', b'\x89PNG\r\n\x1a\n'))


def fetch_thumbnail(ydl, info, folder, tell):
    """Whether there was one."""
    found = find_thumbnail(ydl, info)
    if found is None:
        return False
    kind, content = found
    path = os.path.join(folder, f'beside.thumbnail.{kind}')
    write_whole(path, content)
    tell(path, 'thumbnail')
    return True


def find_thumbnail(ydl, info):
    """Its kind and its bytes; None where there is none. yt-dlp lists the worst picture first."""
    for picture in list(reversed(info.get('thumbnails') or ()))[:PICTURES_MAX]:
        try:
            content = read_bounded(ydl, picture['url'], picture.get('http_headers'))
        except (YoutubeDLError, ValueError, KeyError):
            continue
        kind = _kind_of(content)
        if kind is not None:
            return kind, content
    return None


def _kind_of(content):
    if content[:4] == b'RIFF' and content[8:12] == b'WEBP':
        return 'webp'
    return next((kind for kind, mark in MARKS if content.startswith(mark)), None)
