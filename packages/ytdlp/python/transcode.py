"""Encodes a fetched file again so that all players play it: H.264 with AAC in mp4. What is so already is copied."""
import contextlib
import hashlib
import os
import resource

from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import PostProcessingError

from containing import TEXT_CODECS
from encoder_options import COPY, options_of_picture, options_of_sound, reading_options
from encoder_run import encode, left_of
from events import number as number_of
from full_disk import naming_full_disk
from guard import FileTooLarge
from parts import THREADS
from played import is_played_picture, is_played_sound

# Covers that an mp4 can hold.
COVERS = ('mjpeg', 'png', 'bmp')
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
        _write(path, draft, wanted, events)
        os.replace(draft, whole)
    events.emit('file', path=whole)
    return 0


def _write(path, draft, wanted, events):
    post_processor = FFmpegPostProcessor()
    report = post_processor.get_metadata_object(path)
    streams, seconds = report.get('streams') or (), _seconds_of(report)

    def tell(encoded, took):
        share = min(1, encoded / seconds) if seconds else None
        events.emit('encoding', fraction=share, eta=left_of(share, took))

    def command_of(chosen):
        return [*reading_options(chosen), '-i', f'file:{path}', *arguments_of(chosen, wanted)]

    def run(command):
        with _removing(draft), naming_full_disk(os.path.dirname(draft)):
            encode(post_processor, command, draft, tell)

    whole, fewer = command_of(streams), command_of(_first_of(streams))
    try:
        run(whole)
    except PostProcessingError:
        # One odd stream must not cost the film. The watch over this group counts the processor time of both runs together.
        if fewer == whole:
            raise
        run(fewer)


def _seconds_of(report):
    """None where the file does not say how long it is."""
    try:
        seconds = number_of(float((report.get('format') or {}).get('duration')))
    except (TypeError, ValueError):
        return None
    return seconds if seconds and seconds > 0 else None


def _first_of(streams):
    """The picture and the sound that players take, alone."""
    return [*list(filter(_is_picture, streams))[:1], *list(filter(_is_sound, streams))[:1]]


@contextlib.contextmanager
def _removing(draft):
    """Around a run of ffmpeg: a draft of one that fails goes, as others need the space. Raises FileTooLarge where that is why."""
    try:
        yield
    except (PostProcessingError, OSError, MemoryError):
        is_too_large = _has_hit_the_limit(draft)
        if os.path.exists(draft):
            os.remove(draft)
        if is_too_large:
            raise FileTooLarge from None
        raise


def arguments_of(streams, wanted):
    """Picture and sound first, then text, then the cover: players take the first of each kind. Each stream is looked at by itself."""
    pictures, sounds, texts, covers = (list(filter(is_of, streams)) for is_of in (_is_picture, _is_sound, _is_text, _is_cover))
    maps = [argument for each in (*pictures, *sounds, *texts, *covers) for argument in ('-map', f'0:{each["index"]}')]
    options = []
    for number, each in enumerate(pictures):
        options += _of_stream(f'v:{number}', options_of_picture(each) if wanted['video'] and not is_played_picture(each) else COPY)
    for number in range(len(pictures), len(pictures) + len(covers)):
        options += [*_of_stream(f'v:{number}', COPY), f'-disposition:v:{number}', 'attached_pic']
    for number, each in enumerate(sounds):
        options += _of_stream(f'a:{number}', options_of_sound(each) if wanted['audio'] and not is_played_sound(each) else COPY)
    if texts:
        options += ['-c:s', 'mov_text']
    # Chapters, and tags of the whole and of each stream, come along by themselves. yt-dlp has the index put in front.
    return [*maps, *THREADS, *options, '-f', 'mp4']


def _of_stream(stream, options):
    return [argument for name, value in options for argument in (f'-{name}:{stream}', value)]


def _is_cover(each):
    return _is_attached(each) and each.get('codec_name') in COVERS


def _is_picture(each):
    return each.get('codec_type') == 'video' and not _is_attached(each)


def _is_attached(each):
    return each.get('codec_type') == 'video' and bool((each.get('disposition') or {}).get('attached_pic'))


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
