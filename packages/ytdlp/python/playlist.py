"""Reads a media playlist of HLS (RFC 8216) before yt-dlp does, and hands on what yt-dlp can download.

Four things go wrong otherwise. A segment that the playlist marks as missing is asked for. An initialization that is reported
again ends the download. What is protected is handed to ffmpeg, which is refused. And a list of a radio is read as if
its stream were a playlist, which never ends.
"""
import functools
import re

from yt_dlp.downloader.hls import HlsFD
from yt_dlp.downloader.http import HttpFD
from yt_dlp.utils import DownloadCancelled, RejectedVideoReached, parse_m3u8_attributes, urljoin

from guard import DownloaderRefused, FileTooLarge

PLAYLIST_BYTES_MAX = 32 * 1024 * 1024
# Initializations hold no media.
INITIALIZATION_BYTES_MAX = 1024 * 1024
INITIALIZATIONS_MAX = 20
BYTE_ORDER_MARK = b'\xef\xbb\xbf'
PROTECTED = re.compile(r'#EXT-X-(?:SESSION-)?KEY:[^\r\n]{0,4096}?METHOD="?SAMPLE-AES', re.IGNORECASE)
# `src/warnings.ts` knows the sentence.
LEFT_OUT = 'Segments that the source marks as missing were left out'


class ProtectedStream(DownloadCancelled):
    """The samples are encrypted for licensed players."""

    msg = 'This video is DRM protected'


class NoPlaylist(DownloadCancelled):
    """What was sent for a playlist is none, and no media either."""

    msg = 'The source sent something else instead of a playlist'


class NoSegments(DownloadCancelled):
    """Every segment is marked as missing."""

    msg = 'This format is not available: all of its segments are marked as missing'


@functools.cache
def read_playlists_first():
    """Once: it would nest."""
    real_download = HlsFD.real_download

    def download_what_is_there(self, filename, info_dict):
        text, address = info_dict.get('hls_media_playlist_data'), info_dict['url']
        if not text:
            response = self.ydl.urlopen(self._prepare_url(info_dict, address))
            try:
                address = response.url
                text = _text_of(response)
            finally:
                response.close()
        if text is None:
            return _download_file(self, filename, info_dict)
        if PROTECTED.search(text):
            raise ProtectedStream
        try:
            prepared = _Preparation(self, info_dict, address).prepare(text)
        except ValueError as error:
            # A number that is none.
            raise NoPlaylist from error
        return real_download(self, filename, {**info_dict, 'url': address, 'hls_media_playlist_data': prepared})

    HlsFD.real_download = download_what_is_there


def _text_of(response):
    """The playlist; None where it is a file of media. A stream that has no end is refused as live."""
    content = response.read(len(BYTE_ORDER_MARK) + len(b'#EXTM3U'))
    if not content.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b'#EXT') and _is_media(response.headers):
        if response.headers.get('Content-Length') is None:
            raise RejectedVideoReached('The address leads to a live stream')
        return None
    content += response.read(PLAYLIST_BYTES_MAX - len(content))
    if len(content) >= PLAYLIST_BYTES_MAX:
        raise FileTooLarge
    text = content.removeprefix(BYTE_ORDER_MARK).decode('utf-8', 'ignore')
    if '#EXT' not in text:
        raise NoPlaylist
    return text


def _is_media(headers):
    kind = (headers.get('Content-Type') or '').lower()
    named = re.match(r'(audio|video)/|application/(ogg|octet-stream)', kind) and 'mpegurl' not in kind
    return bool(named) or any(name.lower().startswith('icy-') for name in headers)


def _download_file(self, filename, info_dict):
    """A list of one file, as radios and podcasts give it, is that file."""
    downloader = HttpFD(self.ydl, self.params)
    for hook in self._progress_hooks:
        downloader.add_progress_hook(hook)
    return downloader.real_download(filename, {**info_dict, 'protocol': 'http'})


class _Preparation:
    """Goes through the lines once. What is left out leaves the numbers and the ranges of the rest as they were."""

    def __init__(self, downloader, info_dict, address):
        self._downloader = downloader
        self._info_dict = info_dict
        self._address = address
        self._initializations = {}
        self._current = None
        self._waiting_initialization = None
        self._segments = 0
        self._missing = 0
        self._sequence = 0
        self._offset = 0
        self._range = None
        self._lines = []

    def prepare(self, text):
        is_missing, renumber = False, False
        for line in (each.strip() for each in text.splitlines()):
            if line.startswith('#EXT-X-GAP'):
                is_missing = True
            elif line.startswith('#EXT-X-MAP:'):
                self._waiting_initialization = line
            elif line.startswith('#EXT-X-BYTERANGE:'):
                self._read_range(line.partition(':')[2])
            elif line.startswith('#EXT-X-MEDIA-SEQUENCE:'):
                self._sequence = int(line.partition(':')[2])
                self._lines.append(line)
            elif line.startswith('#') or not line:
                self._lines.append(line)
            else:
                if is_missing:
                    self._missing += 1
                else:
                    self._add(line, renumber)
                renumber, is_missing = is_missing, False
                self._range = None
                self._sequence += 1
        if self._missing:
            if not self._segments:
                raise NoSegments
            self._downloader.report_warning(LEFT_OUT)
        return '\n'.join([*self._lines, ''])

    def _add(self, segment, renumber):
        self._initialize()
        if renumber:
            # The vector of AES-128 is the segment's number, unless it is notified.
            self._lines.append(f'#EXT-X-MEDIA-SEQUENCE:{self._sequence}')
        if self._range:
            self._lines.append(self._range)
        self._lines.append(segment)
        self._segments += 1

    def _read_range(self, reported):
        length, _, start = reported.partition('@')
        first = int(start) if start else self._offset
        self._offset = first + int(length)
        self._range = f'#EXT-X-BYTERANGE:{int(length)}@{first}'

    def _initialize(self):
        """yt-dlp takes one, in front of all segments. The same again changes nothing; another cannot be joined."""
        line, self._waiting_initialization = self._waiting_initialization, None
        if line is None:
            return
        if self._current is None and not self._segments:
            self._lines.append(line)
        elif self._current is None or not self._is_same(self._current, line):
            raise DownloaderRefused
        self._current = line

    def _is_same(self, one, other):
        return one == other or self._content(one) == self._content(other)

    def _content(self, line):
        reported = parse_m3u8_attributes(line.partition(':')[2])
        name = reported.get('URI'), reported.get('BYTERANGE')
        if name not in self._initializations:
            if len(self._initializations) >= INITIALIZATIONS_MAX:
                raise DownloaderRefused
            self._initializations[name] = self._fetch(*name)
        return self._initializations[name]

    def _fetch(self, address, byte_range):
        request = self._downloader._prepare_url(self._info_dict, urljoin(self._address, address))
        response = self._downloader.ydl.urlopen(request)
        try:
            content = response.read(INITIALIZATION_BYTES_MAX)
        finally:
            response.close()
        if len(content) >= INITIALIZATION_BYTES_MAX:
            raise DownloaderRefused
        if not byte_range:
            return content
        length, _, start = byte_range.partition('@')
        return content[int(start or 0):int(start or 0) + int(length)]
