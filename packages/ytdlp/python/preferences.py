"""Puts the formats of a video into the order that was asked for, by fields that yt-dlp's own order does not have.

`sortOfDownload` of `src/options/table.ts` says which fields count, and in which order.
"""
import re

from yt_dlp.utils import FormatSorter

from containing import SOUNDS, holds, is_usual
from video import formats_of

# What is unknown counts less than what fits, and more than what does not.
FITS, UNKNOWN, TOO_LARGE = 1, 0, -1

# `src/options/video-codec.ts` has the same table.
CODECS = {
    'h264': re.compile(r'(avc|[hx]264)', re.I),
    'vp9': re.compile(r'vp0?9', re.I),
    'h265': re.compile(r'(hev|hvc|hevc|[hx]265|dvh)', re.I),
    'av1': re.compile(r'av0?1', re.I),
}
# The best known first. yt-dlp's own order puts the newest first, which many players cannot play.
ORDER = ['[hx]264|avc', r'vp0?9\.0?2', 'vp0?9', '[hx]265|he?vc?', 'av0?1', 'vp0?8', 'mp4v|h263', 'theora', '', None, 'none']
OWN_FIELDS = ('fits', 'wanted_language', 'wanted_codec', 'wanted_sound', 'held', 'lines', 'pairs', 'usual')
SOUND_CODECS = {'m4a': re.compile(r'(mp4a|aac)', re.I), 'opus': re.compile('opus', re.I), 'mp3': re.compile('mp3', re.I), 'flac': re.compile('flac', re.I)}
WEBM_SOUND = re.compile(r'(opus|vorbis)', re.I)


def know_own_fields():
    """Before any format is put in order."""
    FormatSorter.settings.update({field: {'convert': 'float', 'default': 0} for field in OWN_FIELDS})
    FormatSorter.settings['vcodec'] = {**FormatSorter.settings['vcodec'], 'order': ORDER}


def prefer(ydl, info, wanted):
    """`wanted`: what `Preferences` of `src/options/option-meaning.ts` says. Puts the formats in order anew."""
    formats = formats_of(info)
    if len(formats) < 2:
        return
    for each in formats:
        each['lines'] = _lines(each)
        each['wanted_language'] = _speaks(each, wanted.get('language'))
        each['wanted_codec'] = _is_encoded(each, wanted.get('videoCodec'))
        each['wanted_sound'] = _sounds(each, wanted.get('soundCodec'))
        # Sound follows the picture: see `pairs`.
        each['held'] = 1 if each.get('vcodec') != 'none' and holds(wanted.get('container'), each) else 0
        each['usual'] = 1 if is_usual(wanted.get('container'), each) else 0
        each['fits'] = each['pairs'] = 0
    ydl.sort_formats(info)
    if 'bytesMax' in wanted:
        _mark_what_fits(info, wanted['bytesMax'])
        ydl.sort_formats(info)
    if 'soundFormat' in wanted:
        _mark_sound(formats_of(info), wanted['soundFormat'])
        ydl.sort_formats(info)
        return
    pictures = [each for each in formats_of(info) if each.get('vcodec') != 'none']
    if pictures:
        _mark_pairs(formats_of(info), pictures[-1], wanted.get('container'))
        ydl.sort_formats(info)


def _lines(each):
    """The height of a full 16:9 picture of that width, however it is cropped or turned (`linesOf` of `src/options/quality.ts`)."""
    width, height = each.get('width'), each.get('height')
    if not height:
        return 0
    return max(min(width, height), round(max(width, height) * 9 / 16)) if width else height


def _speaks(each, language):
    found = each.get('language')
    if not language or not isinstance(found, str):
        return 0
    found = found.lower()
    if found == language or found.startswith(language + '-'):
        return 2
    return 1 if found.split('-')[0] == language.split('-')[0] else 0


def _is_encoded(each, codec):
    return 1 if codec and CODECS[codec].match(each.get('vcodec') or '') else 0


def _sounds(each, codec):
    """A picture without sound gets its sound from another format, and is no worse for it."""
    if not codec or each.get('acodec') == 'none':
        return 1
    return 1 if SOUNDS[codec].match(each.get('acodec') or '') else 0


def _bytes_of(each, duration):
    stated = each.get('filesize') or each.get('filesize_approx')
    if stated:
        return stated
    seconds = duration or each.get('dash_seconds')
    return each['tbr'] * 125 * seconds if each.get('tbr') and seconds else None


def _mark_what_fits(info, bytes_max):
    """A picture without sound must leave space for the best sound that itself leaves space for the smallest picture."""
    formats, duration = formats_of(info), info.get('duration')
    sounds = [each for each in formats if each.get('vcodec') == 'none']
    smallest = min((_bytes_of(each, duration) or 0 for each in formats if each.get('acodec') == 'none'), default=0)
    for each in sounds:
        each['fits'] = _fits(_bytes_of(each, duration), bytes_max - smallest)
    sound = max((each for each in sounds), key=lambda each: each['fits'], default=None)
    fitting = [each for each in sounds if sound and each['fits'] == sound['fits']]
    beside = _bytes_of(fitting[-1], duration) or 0 if fitting else 0
    for each in formats:
        if each.get('vcodec') != 'none':
            each['fits'] = _fits(_bytes_of(each, duration), bytes_max - (beside if each.get('acodec') == 'none' else 0))


def _fits(size, bytes_max):
    return UNKNOWN if size is None else FITS if size <= bytes_max else TOO_LARGE


def _mark_sound(formats, wanted):
    """What has the codec of the wanted format already is not encoded again."""
    codec = SOUND_CODECS.get(wanted)
    for each in formats:
        each['pairs'] = 1 if codec and codec.match(each.get('acodec') or '') else 0


def _mark_pairs(formats, picture, container):
    """Sound that fits into one container with the picture that is taken, so that no third container is needed."""
    if container in ('mp4', 'webm') and picture['held']:
        for each in formats:
            if each.get('vcodec') == 'none':
                each['pairs'] = 2 if each['usual'] else 1 if holds(container, each) else 0
        return
    webm = picture.get('ext') == 'webm'
    for each in formats:
        if each.get('vcodec') == 'none':
            is_webm = bool(each.get('ext') == 'webm' or WEBM_SOUND.match(each.get('acodec') or ''))
            each['pairs'] = 1 if is_webm == webm else 0
