"""What a job ends with that neither failed nor found anything."""
from yt_dlp.utils import YoutubeDLError


class NothingFound(YoutubeDLError):
    """yt-dlp ended without an error and without a result."""

    msg = 'No video was found'
