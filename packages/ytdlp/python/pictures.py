"""Refuses a picture that its source calls a picture: no player shows it, and no attempt makes a video of it."""
from yt_dlp.utils import DownloadCancelled

PICTURES = frozenset('avif bmp gif heic heif ico jpeg jpg jxl png svg tif tiff webp'.split())


class OnlyPicture(DownloadCancelled):
    """The address leads to a picture."""

    msg = 'The address leads to a picture'


# What yt-dlp calls the format of a link of which no header says that it is sound or a video.
UNKNOWN_TYPE = '0'


def refuse_pictures(info):
    """Only of a direct link is the type known, by its headers. The name of what a page embeds proves nothing, nor does
    that of a link whose headers say that it is a video.
    """
    if info.get('direct') and info.get('format_id') == UNKNOWN_TYPE and str(info.get('ext')).lower() in PICTURES:
        raise OnlyPicture
