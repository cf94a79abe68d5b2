"""Puts picture and sound into the container that was asked for, where they fit without being encoded again."""
import os
import re

from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import PostProcessingError

from full_disk import naming_full_disk

SOUNDS = {'aac': re.compile(r'(mp4a|aac)', re.I)}
# What each may hold: pictures and sounds, by what sources and ffprobe call them. RFC 9559 and the guidelines of WebM; the
# registry of MP4RA, of which ffmpeg writes these.
HELD = {
    'mp4': (re.compile(r'(avc|[hx]264|hev|hvc|[hx]265|dvh|av0?1|vp0?9|mp4v|mpeg4)', re.I),
            re.compile(r'(mp4a|aac|mp3|e?-?ac-?3|ec-?3|opus|flac|alac)', re.I)),
    'webm': (re.compile(r'(vp0?[89]|av0?1)', re.I), re.compile(r'(opus|vorbis)', re.I)),
    'mkv': (re.compile('.'), re.compile('.')),
}
# What players expect in an mp4.
USUAL = {**HELD, 'mp4': (re.compile(r'(avc|[hx]264|hev|hvc|[hx]265|av0?1)', re.I), re.compile(r'(mp4a|aac)', re.I))}
# What files of unknown codecs are called that hold what the container may hold.
NAMES = {'mp4': ('mp4', 'm4a', 'm4v', 'mov'), 'webm': ('webm', 'weba')}
TEXTS = {'mp4': 'mov_text', 'webm': 'webvtt', 'mkv': 'subrip'}
TEXT_CODECS = ('mov_text', 'webvtt', 'subrip', 'ass', 'text')
WRITERS = {'mp4': 'mp4', 'webm': 'webm', 'mkv': 'matroska'}
# Brands of other files of the same family.
OTHER_BRANDS = ('qt', '3g', 'm4a', 'f4')


def holds(container, each, table=HELD):
    """Whether a format fits into it. True where no container was asked for."""
    if container is None or container == 'mkv':
        return True
    verdict = _verdict(container, each, table)
    return each.get('ext') in NAMES[container] if verdict is None else verdict


def is_usual(container, each):
    return container is not None and holds(container, each, USUAL)


def _verdict(container, each, table=HELD):
    """None where the source does not say enough."""
    pictures, sounds = table[container]
    verdicts = [bool(pattern.match(codec)) if codec else None
                for pattern, codec in ((pictures, each.get('vcodec')), (sounds, each.get('acodec'))) if codec != 'none']
    return False if False in verdicts else None if None in verdicts else True


def merge_into(info, container):
    """Before the file gets its name: formats are merged into the container at once, and not copied into it afterwards."""
    formats = info.get('requested_formats')
    if formats and container and (container == 'mkv' or all(_verdict(container, each) for each in formats)):
        info['ext'] = container


def planned_container(info, container):
    """What the file will be put into. None where it was not asked for, or is not known before it is there."""
    if container is None or container == 'mkv':
        return container
    verdicts = [_verdict(container, each) for each in info.get('requested_formats') or [info]]
    return 'other' if False in verdicts else None if None in verdicts else container


def contain(ydl, info, container, events):
    """Where it cannot be done, the file stays as it is, and is named by what it is."""
    path = info['filepath']
    post_processor = FFmpegPostProcessor(ydl)
    try:
        report = post_processor.get_metadata_object(path)
    except PostProcessingError:
        return
    streams = report.get('streams') or []
    if _is_in(container, path, report.get('format') or {}):
        return
    maps = _maps(container, streams)
    if maps is None:
        return
    events.emit('postprocess', name='Contain', status='started')
    root = os.path.splitext(path)[0]
    draft, whole = f'{root}.draft.{container}', f'{root}.{container}'
    try:
        with naming_full_disk(os.path.dirname(path)):
            post_processor.run_ffmpeg(path, draft, [*maps, '-f', WRITERS[container]])
    except PostProcessingError:
        if os.path.exists(draft):
            os.remove(draft)
        return
    os.replace(draft, whole)
    if whole != path:
        os.remove(path)
    info.update(filepath=whole, ext=container)


def _is_in(container, path, file_format):
    name = str(file_format.get('format_name'))
    if container == 'mp4':
        brand = str((file_format.get('tags') or {}).get('major_brand')).lower()
        return name.startswith('mov,') and not brand.startswith(OTHER_BRANDS) and os.path.splitext(path)[1] == '.mp4'
    if not name.startswith('matroska,'):
        return False
    with open(path, 'rb') as file:
        # The name of the kind stands near the beginning (RFC 8794).
        return (b'webm' in file.read(100)) == (container == 'webm')


def _maps(container, streams):
    """Which streams are copied, and which text is rewritten. None where picture or sound does not fit."""
    maps, texts = [], []
    pictures, sounds = HELD[container]
    for each in streams:
        kind, codec, index = each.get('codec_type'), str(each.get('codec_name')), each.get('index')
        if kind == 'video' and (each.get('disposition') or {}).get('attached_pic'):
            continue
        if kind in ('video', 'audio'):
            if not (pictures if kind == 'video' else sounds).match(codec):
                return None
            maps += ['-map', f'0:{index}']
        elif kind == 'subtitle' and codec in TEXT_CODECS:
            texts += ['-map', f'0:{index}']
    return [*maps, *texts, '-c', 'copy', *(['-c:s', TEXTS[container]] if texts else [])] if maps else None
