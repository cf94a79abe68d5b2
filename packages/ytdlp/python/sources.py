"""What sources send that players take and yt-dlp does not: four small differences, each made good where it comes in."""
import functools
import re

from yt_dlp import YoutubeDL
from yt_dlp.downloader.fragment import FragmentFD
from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.utils import extract_attributes, urljoin

BYTE_ORDER_MARK = b'\xef\xbb\xbf'
# What is text whatever else is said of it: a playlist, or JSON.
MARKED_TEXT = tuple(BYTE_ORDER_MARK + start for start in (b'#EXTM3U', b'{', b'['))
# Beginnings of pictures: PNG, JPEG, GIF, BMP.
PICTURES = (b'\x89PNG\r\n\x1a\n', b'\xff\xd8\xff', b'GIF8', b'BM')
PACKET_BYTES = 188
SYNC_BYTE = 0x47
PACKETS_SEEN = 4
# In how much of a page its base is looked for. It stands in the head.
HEAD_LENGTH_MAX = 64 * 1024


@functools.cache
def take_what_players_take():
    """Once: it would nest."""
    urlopen = YoutubeDL.urlopen
    append = FragmentFD._append_fragment
    entries = InfoExtractor._parse_html5_media_entries

    def urlopen_without_mark(self, request):
        response = urlopen(self, request)
        read = response.read

        def read_without_mark(amt=None):
            response.read = read
            block = read(amt)
            return block[len(BYTE_ORDER_MARK):] if block.startswith(MARKED_TEXT) else block

        response.read = read_without_mark
        return response

    def append_without_picture(self, ctx, content):
        return append(self, ctx, without_picture(content))

    def entries_from_base(self, base_url, webpage, *arguments, **named):
        # A manifest is asked for as the media is: by the page, which the base does not change.
        headers = {'Referer': base_url, **(named.pop('_headers', None) or {})}
        return entries(self, base_of(webpage, base_url), webpage, *arguments, _headers=headers, **named)

    YoutubeDL.urlopen = urlopen_without_mark
    FragmentFD._append_fragment = append_without_picture
    InfoExtractor._parse_html5_media_entries = entries_from_base


def without_picture(content):
    """A segment of MPEG-TS without the picture that hides it from whoever looks at its beginning alone."""
    if not content.startswith(PICTURES):
        return content
    at = content.find(SYNC_BYTE)
    while at >= 0:
        packets = content[at:at + PACKET_BYTES * PACKETS_SEEN:PACKET_BYTES]
        if len(packets) == PACKETS_SEEN and set(packets) == {SYNC_BYTE}:
            return content[at:]
        at = content.find(SYNC_BYTE, at + 1)
    return content


def base_of(webpage, address):
    """What addresses of a page are relative to (HTML, 4.2.3): the first base that has one, or the page's own."""
    found = re.search(r'(?i)<base\s[^<>]{0,4096}>', webpage[:HEAD_LENGTH_MAX])
    base = found and extract_attributes(found[0]).get('href')
    return (urljoin(address, base.strip()) or address) if base else address
