"""What a server said of a file that lies at a direct link: whether it is still the same file (RFC 9110, 8.8)."""
import functools

from yt_dlp import YoutubeDL

from events import text

NOTED_MAX = 100
LENGTH_MAX = 500


@functools.cache
def note_validators():
    """Once: it would nest."""
    urlopen = YoutubeDL.urlopen

    def urlopen_and_note(self, request):
        response = urlopen(self, request)
        noted = self.__dict__.setdefault('_noted_validators', {})
        if len(noted) < NOTED_MAX:
            noted[response.url] = [
                text(response.headers.get(name), LENGTH_MAX) for name in ('ETag', 'Last-Modified', 'Content-Length')]
        return response

    YoutubeDL.urlopen = urlopen_and_note


def add_validators(ydl, info):
    """Adds `media_validators` to the record of a direct link. A record of an earlier job has those of its time."""
    if info.get('direct') is True and 'media_validators' not in info:
        formats = info.get('formats') or [info]
        info['media_validators'] = ydl.__dict__.get('_noted_validators', {}).get(formats[0].get('url'))
