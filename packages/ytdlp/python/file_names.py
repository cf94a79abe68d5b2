"""What a download is called while it is fetched. What is in it decides later what it is called for good."""
from yt_dlp.utils._utils import _UnsafeExtensionError

# yt-dlp's own word where neither the address nor the headers say what it is.
UNKNOWN = 'unknown_video'


def name_safely(info):
    """An address may end in anything (`.php`, `.tar`), and yt-dlp ends where it would have to write such a file."""
    for part in (info, *(info.get('requested_formats') or ())):
        if str(part.get('ext')).lower() not in _UnsafeExtensionError.ALLOWED_EXTENSIONS:
            part['ext'] = UNKNOWN
