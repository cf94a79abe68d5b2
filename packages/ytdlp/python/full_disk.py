"""Tells a disk that is full from a file that does not fit: yt-dlp keeps only the last line of ffmpeg, which names no cause."""
import contextlib
import errno
import os

from yt_dlp.utils import PostProcessingError

# What ffmpeg could not write any more is less: it writes in pieces of some dozens of kilobytes.
LEFT_MIN = 2**20


@contextlib.contextmanager
def naming_full_disk(folder):
    """Around a run of ffmpeg that writes there, while its draft still lies there. Raises OSError (ENOSPC) where nothing is left."""
    try:
        yield
    except PostProcessingError:
        disk = os.statvfs(folder)
        if disk.f_bavail * disk.f_frsize < LEFT_MIN:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
        raise
