"""Small files that lie beside the media: read from an address with a bound, and written whole."""
import os

from yt_dlp.networking import Request

# As large as such a file may be (`contracts/src/file-roles.ts`).
BYTES_MAX = 16 * 1024 * 1024


def read_bounded(ydl, address, headers):
    """What lies at an address. Raises ValueError where it is too large."""
    response = ydl.urlopen(Request(address, headers=headers or {}))
    try:
        content = response.read(BYTES_MAX + 1)
    finally:
        response.close()
    if len(content) > BYTES_MAX:
        raise ValueError('The file is too large.')
    return content


def write_whole(path, content):
    """An earlier attempt may have left a file under the name."""
    draft = f'{path}.draft'
    with open(draft, 'wb') as file:
        file.write(content)
    os.replace(draft, path)
