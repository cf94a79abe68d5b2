"""yt-dlp's record of a video, kept between two jobs: packed for the worker, and read back for a download.

It never comes from a client and never goes to one: it holds cookies and headers, and what it says is done (a record may
name other proxies, and arguments for ffmpeg). The worker only carries it.
"""
import base64
import json
import zlib

from yt_dlp import YoutubeDL

from video import is_video

# Many of these lie in Redis at once. Most records have a few kilobytes, the largest some hundred.
PACKED_BYTES_MAX = 128 * 1024
PLAIN_BYTES_MAX = 8 * 1024 * 1024
# Half of a large record, and nothing that a download asks for.
LEFT_OUT = ('automatic_captions', 'comments', 'heatmap')


def packed(info, secrets=()):
    """Base64 text, or None where there is no video, too much of it, or one of the secrets in it, such as a PO token in an address."""
    if not is_video(info):
        return None
    record = YoutubeDL.sanitize_info(info, remove_private_keys=True)
    plain = json.dumps({key: value for key, value in record.items() if key not in LEFT_OUT}).encode('ascii')
    if len(plain) > PLAIN_BYTES_MAX or any(secret.encode('ascii') in plain for secret in secrets):
        return None
    small = zlib.compress(plain, 1)
    return base64.b64encode(small).decode('ascii') if len(small) <= PACKED_BYTES_MAX else None


def unpacked(path):
    """The record in a file; None where it cannot be read, since a download can always do without."""
    try:
        with open(path, 'rb') as file:
            plain = zlib.decompressobj().decompress(file.read(PACKED_BYTES_MAX), PLAIN_BYTES_MAX)
        record = json.loads(plain)
    except (OSError, ValueError, zlib.error):
        return None
    return record if isinstance(record, dict) and record.get('_type') == 'video' else None
