"""Holds an answer of status 206 to what was asked for (RFC 9110, 14.4 and 15.3.7). yt-dlp takes any part for the whole.

Where the answer is shorter than what was asked for, its length is reported as what it should have been: yt-dlp then finds the
file too short and asks for the rest. Where it begins earlier, what was not asked for is read and dropped. Where it
begins later, bytes are missing that no later answer brings, so it counts as a broken connection.
"""
import functools
import re

from yt_dlp import YoutubeDL
from yt_dlp.networking.exceptions import TransportError
from yt_dlp.utils.networking import HTTPHeaderDict

BLOCK_BYTES = 64 * 1024


@functools.cache
def hold_to_ranges():
    """Once: it would nest."""
    urlopen = YoutubeDL.urlopen

    def urlopen_in_range(self, request):
        response = urlopen(self, request)
        if response.status == 206:
            _hold(response, _asked(request))
        return response

    YoutubeDL.urlopen = urlopen_in_range


def _asked(request):
    """First and last byte; the last is None where all of the rest was asked for."""
    headers = HTTPHeaderDict(getattr(request, 'headers', None) or {})
    found = re.fullmatch(r'bytes=([0-9]+)-([0-9]*)', headers.get('Range') or '')
    return (int(found[1]), int(found[2]) if found[2] else None) if found else (0, None)


def _hold(response, asked):
    found = re.match(r'bytes\s+([0-9]+)-([0-9]+)/([0-9]+|\*)', response.headers.get('Content-Range') or '')
    if not found:
        return
    start, last = int(found[1]), int(found[2])
    total = None if found[3] == '*' else int(found[3])
    first, wanted = asked
    if start > first:
        response.close()
        raise TransportError('Connection aborted: the server sent another part of the file than was asked for')
    if start < first:
        _drop(response, min(first, last + 1) - start)
        start = first
    ends = [each for each in (wanted, None if total is None else total - 1) if each is not None]
    length = (min(ends) if ends else last) - start + 1
    for name, value in (('Content-Range', f'bytes {start}-{last}/{found[3]}'), ('Content-Length', str(max(0, length)))):
        del response.headers[name]
        response.headers[name] = value


def _drop(response, count):
    """A source can make it read as much as it may send anyway, and each byte counts at the egress proxy."""
    while count > 0:
        block = response.read(min(count, BLOCK_BYTES))
        if not block:
            return
        count -= len(block)
