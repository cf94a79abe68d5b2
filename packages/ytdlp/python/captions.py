"""The captions that a transcript is made of: which ones are taken, and the file in which they are handed over. No media is fetched."""
import os
import re

from yt_dlp.utils import YoutubeDLError, dfxp2srt

from details import NO_SUBTITLES
from events import number, text, without_secrets
from small_files import write_whole
from subtitles import READABLE, content_of
from video import without_notes

FILE_NAME = 'captions'
# What YouTube adds to the language that is spoken, among those that it translates to.
ORIGINAL = '-orig'


class NoCaptions(YoutubeDLError):
    """The video has none that can be read, or none of the kind that was asked for."""

    msg = 'There are no captions that can be read'


def take_captions(ydl, info, wanted, folder, events):
    """`wanted`: language and source ('manual' or 'automatic'), each None where it is not asked for."""
    language, is_automatic, track = chosen(info, wanted)
    content = content_of(ydl, info, track, folder)
    if track.get('ext') in ('ttml', 'dfxp'):
        content = dfxp2srt(content).encode()
    path = os.path.join(folder, FILE_NAME)
    write_whole(path, content)
    events.emit(
        'captions',
        path=path,
        title=text(info.get('title'), 1000),
        webpage_url=text(without_notes(info.get('webpage_url')), 4096),
        duration=number(info.get('duration')),
        language=text(without_secrets(language), 50),
        automatic=is_automatic,
    )


def chosen(info, wanted):
    """Language, whether a machine made them, and the track. Raises NoCaptions."""
    listed = [
        (is_automatic, _readable(by_language))
        for source, is_automatic, by_language in (
            ('manual', False, info.get('subtitles')),
            ('automatic', True, info.get('automatic_captions')),
        )
        if wanted.get('source') in (None, source)
    ]
    asked = wanted.get('language')
    for language in [asked] if asked else [_spoken(info), 'en']:
        for is_automatic, tracks in listed:
            for found in _fitting(tracks, language):
                return found, is_automatic, tracks[found]
    for is_automatic, tracks in [] if asked else listed:
        # Where nobody says what is spoken, a translation is the worse guess.
        for found in sorted(tracks, key=lambda each: not each.endswith(ORIGINAL)):
            return found, is_automatic, tracks[found]
    raise NoCaptions


def _readable(by_language):
    """The best track of each language that can be read. What people write beside a video is none."""
    tracks = {}
    for language, listed in (by_language or {}).items():
        if language in NO_SUBTITLES or not isinstance(language, str):
            continue
        readable = [track for track in listed or () if track.get('ext') in READABLE]
        if readable:
            tracks[language] = min(readable, key=lambda track: READABLE.index(track['ext']))
    return tracks


def _spoken(info):
    """The language of the video, or that of the sound which the source puts first. None where it does not say."""
    if info.get('language'):
        return info['language']
    spoken = [each for each in info.get('formats') or () if each.get('language') and each.get('acodec') != 'none']
    return max(spoken, key=lambda each: each.get('language_preference') or -1, default={}).get('language')


def _fitting(tracks, wanted):
    """The language itself, then what is spoken in one country, then the language of a country: `en`, `en-GB`."""
    if not wanted:
        return []
    asked = wanted.lower()
    general = _general(asked)
    ranks = {}
    for language in tracks:
        own = language.lower()
        if own == asked:
            ranks[language] = 0
        elif own == asked + ORIGINAL:
            ranks[language] = 1
        elif _general(own) == asked:
            ranks[language] = 2
        elif own == general:
            ranks[language] = 3
    return sorted(ranks, key=ranks.get)


def _general(language):
    return re.split('[-_]', language)[0]
