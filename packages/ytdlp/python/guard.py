"""What yt-dlp must not do here: hand an address to another program, or open a connection that knows no proxy."""
import functools

from yt_dlp.downloader.common import FileDownloader
from yt_dlp.downloader.dash import DashSegmentsFD
from yt_dlp.downloader.hls import HlsFD
from yt_dlp.downloader.http import HttpFD
from yt_dlp.postprocessor.common import PostProcessor
from yt_dlp.utils import DownloadCancelled

# Everything these fetch goes through the request director, and so through the proxy.
PROXIED = (HttpFD, HlsFD, DashSegmentsFD)
# What yt-dlp calls to fetch the bytes of a format (yt_dlp/downloader/common.py).
METHOD = 'real_download'


class DownloaderRefused(DownloadCancelled):
    """A format that only ffmpeg, another program, or a connection past the proxy could fetch."""

    msg = 'This format needs a downloader that is not allowed here'


class FileTooLarge(DownloadCancelled):
    """The download is, or has become, larger than the limit."""

    msg = 'The download is larger than the limit'


class NotEnoughDisk(DownloadCancelled):
    """The plan says that the download needs more than the disk has left for it."""

    msg = 'The download does not fit on the disk'


class NotEnoughQuota(DownloadCancelled):
    """The plan says that the file is larger than what its owner may still keep."""

    msg = 'The file does not fit into the quota'


class GuardDoesNotFit(Exception):
    """This yt-dlp calls its downloaders in another way than the guard knows, so nothing may be downloaded with it."""


@functools.cache
def refuse_unsafe_downloaders():
    """Replaces the downloading method of every class but the proxied ones.

    Options and the format selector do not choose these classes; yt-dlp's native HLS downloader still hands streams it
    cannot decrypt to ffmpeg, by calling it directly, and ffmpeg follows such a playlist past the proxy.

    Raises GuardDoesNotFit where replacing the method would not stop a download: a guard that finds nothing to guard
    must not pass for one that guards.
    """
    _check_how_downloaders_are_called()
    unsafe = [downloader for downloader in _subclasses(FileDownloader) if not issubclass(downloader, PROXIED)]
    for downloader in unsafe:
        if METHOD in vars(downloader):
            setattr(downloader, METHOD, _refuse)
    for downloader in unsafe:
        # What inherits from a proxied class beside another one, or was made without the method, has another one.
        if getattr(downloader, METHOD) not in (_refuse, vars(FileDownloader)[METHOD]):
            raise GuardDoesNotFit(f'{downloader.__name__}.{METHOD} is not the one that refuses.')


def _check_how_downloaders_are_called():
    """Every known caller calls the method by its name. That it is there, and what it takes, says `patches.py`."""
    for caller in (FileDownloader.download, *(getattr(proxied, METHOD) for proxied in (HlsFD, DashSegmentsFD))):
        if METHOD not in caller.__code__.co_names:
            raise GuardDoesNotFit(f'{caller.__qualname__} of yt-dlp does not call {METHOD}.')


@functools.cache
def leave_times_alone():
    """yt-dlp copies the time of a file to what it makes of it, and warns where it may not. We ask for no times (--no-mtime)."""
    PostProcessor.try_utime = _do_nothing


def _do_nothing(self, *arguments, **options):
    pass


def _refuse(self, filename, info_dict):
    raise DownloaderRefused


def _subclasses(parent):
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)
