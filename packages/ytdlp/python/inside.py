"""Writes tags, chapters and a cover picture into the media file, all in one copy. Picture and sound stay as they are."""
import base64
import os
import re
import struct

from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import PostProcessingError, YoutubeDLError

from chapters import known_chapters
from events import text
from full_disk import naming_full_disk
from small_files import write_whole
from thumbnail import find_thumbnail

# Nothing else of the record goes into a file: it also has the address, which is a client's, and long descriptions.
TAGS = {'title': ('track', 'title'), 'artist': ('artist', 'uploader'), 'album': ('album',), 'date': ('upload_date',)}
LENGTH_MAX = 500
# Others lose them in silence.
WITH_CHAPTERS = ('mp4', 'm4v', 'mov', 'm4a', 'mkv', 'mka', 'webm', 'mp3', 'opus', 'ogg')
ATTACHED, COMMENTED = ('mkv', 'mka'), ('opus', 'ogg', 'oga')
WITH_COVER = ('mp4', 'm4v', 'mov', 'm4a', 'mp3', 'flac', *ATTACHED, *COMMENTED)
# `src/warnings.ts` knows the sentences.
NO_CHAPTERS = 'Chapters that were asked for could not be had'
NO_PICTURE = 'A picture of the video that was asked for could not be had'
DOES_NOT_FIT = 'Some of what was to be put into the media file does not fit into it'
# What ffmpeg reads as its own in such a file.
ESCAPED = re.compile(r'([\\=;#\n])')


def write_inside(ydl, info, wanted):
    """`wanted`: tags, chapters and cover, each only where it is asked for. What cannot be had is a warning."""
    ext, root = info['ext'], os.path.splitext(info['filepath'])[0]
    parts = {}
    if wanted.get('tags'):
        parts['tags'] = {tag: value for tag, names in TAGS.items() if (value := _first(info, names))}
    if wanted.get('chapters'):
        parts['chapters'] = _or_warn(ydl, NO_CHAPTERS, known_chapters(ydl, info), ext in WITH_CHAPTERS)
    if wanted.get('cover'):
        parts['cover'] = _or_warn(ydl, NO_PICTURE, _cover(ydl, info, root), ext in WITH_COVER)
    parts = {name: part for name, part in parts.items() if part}
    cover = parts.get('cover')
    while parts:
        try:
            _write(ydl, info['filepath'], ext, parts)
            break
        except PostProcessingError:
            parts.popitem()
            ydl.report_warning(DOES_NOT_FIT)
    if cover:
        os.remove(cover)


def _first(info, names):
    found = next((info[name] for name in names if isinstance(info.get(name), str)), '')
    return (text(found, LENGTH_MAX) or '').strip()


def _or_warn(ydl, missing, part, fits):
    if not part or not fits:
        ydl.report_warning(missing if not part else DOES_NOT_FIT)
        return None
    return part


def _cover(ydl, info, root):
    """The path of a picture that players read; None where there is none."""
    try:
        found = find_thumbnail(ydl, info)
    except YoutubeDLError:
        return None
    if found is None:
        return None
    kind, content = found
    path = f'{root}.cover.{kind}'
    write_whole(path, content)
    if kind != 'webp':
        return path
    try:
        FFmpegPostProcessor(ydl).run_ffmpeg(path, f'{root}.cover.jpg', ['-frames:v', '1', '-update', '1'])
    except PostProcessingError:
        return None
    finally:
        os.remove(path)
    return f'{root}.cover.jpg'


def _write(ydl, path, ext, parts):
    post_processor = FFmpegPostProcessor(ydl)
    root = os.path.splitext(path)[0]
    draft, notes = f'{root}.draft.{ext}', f'{root}.notes'
    cover = parts.get('cover')
    is_picture = cover is not None and ext not in ATTACHED + COMMENTED
    write_whole(notes, _notes(parts, ext).encode())
    # An earlier attempt may have put a picture into it.
    kept = [each for each in post_processor.get_metadata_object(path).get('streams') or ()
            if each.get('codec_type') in ('video', 'audio', 'subtitle') and not (each.get('disposition') or {}).get('attached_pic')]
    options = [argument for each in kept for argument in ('-map', f'0:{each["index"]}')]
    if is_picture:
        options += ['-map', '2:0']
    options += ['-c', 'copy', '-map_metadata', '1' if ext in COMMENTED else '0', '-write_id3v1', '1']
    if 'chapters' in parts:
        options += ['-map_chapters', '1']
    for tag, value in parts.get('tags', {}).items():
        options += ['-metadata', f'{tag}={value}']
    if is_picture:
        pictures = sum(each['codec_type'] == 'video' for each in kept)
        options += [f'-disposition:v:{pictures}', 'attached_pic']
    elif cover is not None and ext in ATTACHED:
        kind = 'png' if cover.endswith('png') else 'jpeg'
        options += ['-attach', cover, '-metadata:s:t', f'mimetype=image/{kind}', '-metadata:s:t', f'filename=cover.{kind[:3]}']
    try:
        # The notes are reported by name: nothing in them shall decide what they are.
        inputs = [(path, []), (notes, ['-f', 'ffmetadata']), *([(cover, [])] if is_picture else [])]
        with naming_full_disk(os.path.dirname(path)):
            post_processor.real_run_ffmpeg(inputs, [(draft, options)])
        os.replace(draft, path)
    finally:
        for each in (draft, notes):
            if os.path.exists(each):
                os.remove(each)


def _notes(parts, ext):
    lines = [';FFMETADATA1']
    if 'cover' in parts and ext in COMMENTED:
        lines.append(f'METADATA_BLOCK_PICTURE={ESCAPED.sub(_escape, _picture_block(parts["cover"]))}')
    for start, end, title in parts.get('chapters', ()):
        lines += ['[CHAPTER]', 'TIMEBASE=1/1000', f'START={round(start * 1000)}', f'END={round(end * 1000)}']
        # ffmpeg takes a line for unfinished that ends with a backslash, an escaped one too.
        if title := (title or '').rstrip('\\ '):
            lines.append(f'title={ESCAPED.sub(_escape, title)}')
    return '\n'.join([*lines, ''])


def _escape(found):
    return '\\' + found[0]


def _picture_block(path):
    """The front cover, as RFC 9639, section 8.8, writes it. Size and colours may be left for the reader to find out."""
    with open(path, 'rb') as file:
        content = file.read()
    kind = b'image/png' if path.endswith('png') else b'image/jpeg'
    head = struct.pack('>II', 3, len(kind)) + kind + struct.pack('>IIIIII', 0, 0, 0, 0, 0, len(content))
    return base64.b64encode(head + content).decode()
