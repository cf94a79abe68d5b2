"""What yt-dlp must not do here: hand an address to another program, or open a connection that knows no proxy."""
import functools

from yt_dlp import downloader as downloaders
from yt_dlp.downloader.common import FileDownloader
from yt_dlp.downloader.dash import DashSegmentsFD
from yt_dlp.downloader.hls import HlsFD
from yt_dlp.downloader.http import HttpFD
from yt_dlp.utils import DownloadCancelled

# Everything these fetch goes through the request director, and so through the proxy.
PROXIED = (HttpFD, HlsFD, DashSegmentsFD)


class DownloaderRefused(DownloadCancelled):
    """A format that only ffmpeg, another program, or a connection past the proxy could fetch."""

    msg = 'This format needs a downloader that is not allowed here'


class FileTooLarge(DownloadCancelled):
    """The download is, or has become, larger than the limit."""

    msg = 'The download is larger than the limit'


class NoRoomOnDisk(DownloadCancelled):
    """The plan says that the download needs more than the disk has left for it."""

    msg = 'The download does not fit on the disk'


class NoRoomForOwner(DownloadCancelled):
    """The plan says that the file is larger than what its owner may still keep."""

    msg = 'The file does not fit into the quota'


@functools.cache
def refuse_unsafe_downloaders():
    """Replaces the downloading method of every class but the proxied ones.

    Options and the format selector do not choose these classes; yt-dlp's native HLS downloader still hands streams it
    cannot decrypt to ffmpeg, by calling it directly, and ffmpeg follows such a playlist past the proxy.
    """
    assert downloaders.get_suitable_downloader, 'the package imports every downloader'
    for downloader in _subclasses(FileDownloader):
        if not issubclass(downloader, PROXIED) and 'real_download' in vars(downloader):
            downloader.real_download = _refuse


def _refuse(self, filename, info_dict):
    raise DownloaderRefused


def _subclasses(parent):
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)
