"""Looks at the headers of answers that yt-dlp trusts.

A length that is reported several times with one value counts once (RFC 9110, 8.6); several values are no length, and the
connection cannot be trusted. A radio says by its headers that a stream has no end, and a download of it would have none.
"""
import functools

from yt_dlp import YoutubeDL
from yt_dlp.downloader.http import HttpFD
from yt_dlp.networking.exceptions import TransportError
from yt_dlp.utils import RejectedVideoReached

LENGTH = 'Content-Length'


@functools.cache
def look_at_answers():
    """Once: it would nest."""
    urlopen, real_download = YoutubeDL.urlopen, HttpFD.real_download

    def urlopen_and_look(self, request):
        response = urlopen(self, request)
        _unite_lengths(response)
        if getattr(self, 'is_fetching_media', False) and _is_radio(response.headers):
            response.close()
            raise RejectedVideoReached('The address leads to a live stream')
        return response

    def download_and_look(self, filename, info_dict):
        self.ydl.is_fetching_media = True
        return real_download(self, filename, info_dict)

    YoutubeDL.urlopen = urlopen_and_look
    HttpFD.real_download = download_and_look


def _unite_lengths(response):
    reported = response.headers.get_all(LENGTH) or []
    values = {value.strip() for each in reported for value in each.split(',')}
    if len(values) > 1:
        response.close()
        raise TransportError('Connection aborted: the server reported several lengths of one answer')
    if values and reported != list(values):
        response.headers.replace_header(LENGTH, values.pop())


def _is_radio(headers):
    return headers.get(LENGTH) is None and any(name.lower().startswith('icy-') for name in headers)
