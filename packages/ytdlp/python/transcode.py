"""Encodes a fetched file again so that all players play it: H.264 with AAC in mp4. What is so already is copied."""
import hashlib
import os
import resource

from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import PostProcessingError

from containing import TEXT_CODECS
from full_disk import naming_full_disk
from guard import FileTooLarge
from parts import THREADS

# Nobody sees the difference to what was encoded before, and it is as fast as that goes. yuv420p has one colour for each two by
# two points, so an odd width or height becomes one less.
PICTURE = (('filter', 'scale=trunc(iw/2)*2:trunc(ih/2)*2'), ('c', 'libx264'), ('preset', 'veryfast'), ('crf', '21'), ('pix_fmt', 'yuv420p'))
SOUND = (('c', 'aac'), ('b', '192k'))
COPY = (('c', 'copy'),)
# What ffmpeg had not written yet when the kernel refused more is less.
WRITTEN_AT_ONCE = 2**18


def transcode(settings, _argv, events):
    """Settings: path, and whether video and audio are encoded again. An attempt that comes later keeps a file that is whole."""
    wanted, folder = settings['transcode'], settings['folder']
    path = wanted['path']
    state = os.stat(path)
    # Another attempt may have fetched, or written, other bytes under the same name.
    facts = (os.path.basename(path), state.st_size, state.st_mtime_ns, wanted['video'], wanted['audio'])
    name = f'universal.{hashlib.sha256(repr(facts).encode()).hexdigest()[:16]}'
    whole, draft = (os.path.join(folder, f'{name}.{ext}') for ext in ('mp4', 'draft.mp4'))
    _remove_others(folder, whole)
    events.emit('postprocess', name='Transcode', status='started')
    if not os.path.exists(whole):
        _write(path, draft, wanted)
        os.replace(draft, whole)
    events.emit('file', path=whole)
    return 0


def _write(path, draft, wanted):
    post_processor = FFmpegPostProcessor()
    streams = post_processor.get_metadata_object(path).get('streams') or ()
    try:
        with naming_full_disk(os.path.dirname(draft)):
            post_processor.real_run_ffmpeg([(path, [*THREADS])], [(draft, arguments_of(streams, wanted))])
    except (PostProcessingError, OSError):
        is_too_large = _has_hit_the_limit(draft)
        # The file as it was is what is left then, and others need the space.
        if os.path.exists(draft):
            os.remove(draft)
        if is_too_large:
            raise FileTooLarge from None
        raise


def arguments_of(streams, wanted):
    """Picture and sound first, then text, then the cover: players take the first of each kind."""
    pictures, sounds, texts, covers = (list(filter(is_of, streams)) for is_of in (_is_picture, _is_sound, _is_text, _is_cover))
    maps = [argument for each in (*pictures, *sounds, *texts, *covers) for argument in ('-map', f'0:{each["index"]}')]
    options = []
    for number in range(len(pictures)):
        options += _of_stream(f'v:{number}', PICTURE if wanted['video'] else COPY)
    for number in range(len(pictures), len(pictures) + len(covers)):
        options += [*_of_stream(f'v:{number}', COPY), f'-disposition:v:{number}', 'attached_pic']
    for number in range(len(sounds)):
        options += _of_stream(f'a:{number}', SOUND if wanted['audio'] else COPY)
    if texts:
        options += ['-c:s', 'mov_text']
    # Chapters, and tags of the whole and of each stream, come along by themselves. yt-dlp has the index put in front.
    return [*maps, *options, *THREADS, '-f', 'mp4']


def _of_stream(stream, options):
    return [argument for name, value in options for argument in (f'-{name}:{stream}', value)]


def _is_cover(each):
    return each.get('codec_type') == 'video' and bool((each.get('disposition') or {}).get('attached_pic'))


def _is_picture(each):
    return each.get('codec_type') == 'video' and not _is_cover(each)


def _is_sound(each):
    return each.get('codec_type') == 'audio'


def _is_text(each):
    return each.get('codec_type') == 'subtitle' and each.get('codec_name') in TEXT_CODECS


def _has_hit_the_limit(draft):
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return limit != resource.RLIM_INFINITY and os.path.exists(draft) and os.path.getsize(draft) > limit - WRITTEN_AT_ONCE


def _remove_others(folder, whole):
    """What an earlier attempt has made of other bytes, or not finished."""
    for name in os.listdir(folder):
        if name.startswith('universal.') and name != os.path.basename(whole):
            os.remove(os.path.join(folder, name))
