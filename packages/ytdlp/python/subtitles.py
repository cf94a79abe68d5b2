"""Subtitles of one language: those that people wrote before those that a machine made."""
import os
import re
from typing import NamedTuple

from yt_dlp.utils import dfxp2srt

from cues import as_srt, as_vtt, cues_of
from small_files import BYTES_MAX, read_bounded, write_whole

# What can be rewritten, beside the format that was asked for. `src/options/subtitles.ts` names those that may be asked for.
READABLE = ('vtt', 'srt', 'ttml', 'dfxp')
# Of HLS: a list of pieces, each with times of its own.
LISTED = ('m3u8', 'm3u8_native')
SAFE = re.compile(r'[^A-Za-z0-9_-]')


def know_subtitles(ydl):
    """Some extractors look for subtitles only where they will be written. yt-dlp itself is to write none."""
    ydl.params.update(writesubtitles=True, writeautomaticsub=True, subtitleslangs=['-all'])


class Subtitles(NamedTuple):
    """`text` is in the format that was asked for."""

    language: str
    is_automatic: bool
    text: str
    cues: list


def find_subtitles(ydl, info, wanted, folder):
    """What there is in a language; None where there is nothing that can be read. `wanted`: language, format, automatic."""
    found = chosen(info, wanted)
    if found is None:
        return None
    language, is_automatic, track = found
    content = content_of(ydl, info, track, folder)
    if track.get('ext') in ('ttml', 'dfxp'):
        content = dfxp2srt(content).encode()
    plain = content.decode('utf-8-sig').replace('\0', '')
    cues = cues_of(plain)
    if not cues:
        return None
    is_as_asked = plain.startswith('WEBVTT') if wanted['format'] == 'vtt' else track.get('ext') in ('srt', 'ttml', 'dfxp')
    return Subtitles(language, is_automatic, plain if is_as_asked else (as_vtt if wanted['format'] == 'vtt' else as_srt)(cues), cues)


def write_beside(found, wanted, folder, tell):
    path = os.path.join(folder, f'beside.{name_of(found.language)}.{wanted["format"]}')
    write_whole(path, found.text.encode())
    tell(path, 'subtitle', language=found.language, automatic=found.is_automatic)


def name_of(language):
    return SAFE.sub('_', language)[:40]


def chosen(info, wanted):
    """Language, whether a machine made them, and the track; None where there is nothing that can be read."""
    sources = [(False, info.get('subtitles'))]
    if wanted['automatic']:
        sources.append((True, info.get('automatic_captions')))
    for is_automatic, by_language in sources:
        for language in _fitting(by_language or {}, wanted['language']):
            track = _readable(by_language[language], wanted['format'])
            if track is not None:
                return language, is_automatic, track
    return None


def _fitting(by_language, wanted):
    """The language itself, then what is spoken in one country: `en`, `en-GB`."""
    asked = wanted.lower()
    same = [language for language in by_language if language.lower() == asked]
    return same + [language for language in by_language if re.split('[-_]', language.lower())[0] == asked and language not in same]


def _readable(tracks, wanted_format):
    order = (wanted_format, *READABLE)
    readable = [track for track in tracks or () if track.get('ext') in order]
    return min(readable, key=lambda track: order.index(track['ext']), default=None)


def content_of(ydl, info, track, folder):
    if track.get('data') is not None:
        return track['data'].encode()
    if track.get('protocol') not in LISTED:
        return read_bounded(ydl, track['url'], track.get('http_headers') or info.get('http_headers'))
    return _joined(ydl, {**track, 'http_headers': track.get('http_headers') or info.get('http_headers')}, folder)


def _joined(ydl, track, folder):
    """yt-dlp joins the pieces and puts their times right. They are no part of the progress."""
    path = os.path.join(folder, 'beside.pieces.vtt')
    for left_over in (path, f'{path}.part', f'{path}.ytdl'):
        if os.path.exists(left_over):
            os.remove(left_over)
    hooks, ydl._progress_hooks = ydl._progress_hooks, []
    try:
        ydl.dl(path, track, subtitle=True)
    finally:
        ydl._progress_hooks = hooks
    if os.path.getsize(path) > BYTES_MAX:
        raise ValueError('The subtitles are too large.')
    with open(path, 'rb') as file:
        content = file.read()
    os.remove(path)
    return content
