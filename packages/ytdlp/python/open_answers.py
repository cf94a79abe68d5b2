"""Ends the answers that an extractor has looked at and left open: of a direct video it reads the first bytes alone.

Until it is closed, the source goes on sending, and the proxy counts what comes. When Python itself would close it depends on
what else is in memory.
"""
import functools
import weakref

from yt_dlp import YoutubeDL


@functools.cache
def remember_answers():
    """Once: it would nest."""
    urlopen = YoutubeDL.urlopen

    def urlopen_and_remember(self, request):
        response = urlopen(self, request)
        self.__dict__.setdefault('_open_answers', weakref.WeakSet()).add(response)
        return response

    YoutubeDL.urlopen = urlopen_and_remember


def close_answers(ydl):
    """Call it when the extraction is over: no answer of it is read any more."""
    answers = ydl.__dict__.get('_open_answers', ())
    for response in list(answers):
        response.close()
        answers.discard(response)
