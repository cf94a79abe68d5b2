"""Refuses a picture that its source calls a picture: no player shows it, and no attempt makes a video of it."""
from yt_dlp.utils import DownloadCancelled

PICTURES = frozenset('avif bmp gif heic heif ico jpeg jpg jxl png svg tif tiff webp'.split())


class OnlyPicture(DownloadCancelled):
    """The address leads to a picture."""

    msg = 'The address leads to a picture'


def refuse_pictures(info):
    """Only of a direct link is the type known, by its headers. The name of what a page embeds proves nothing."""
    if info.get('direct') and str(info.get('ext')).lower() in PICTURES:
        raise OnlyPicture
