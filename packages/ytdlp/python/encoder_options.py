"""How a picture and a sound are encoded again: names of options of ffmpeg, and their values."""
from parts import THREADS
from picture_filters import filters_of

# Nobody sees the difference to what was encoded before, and it is as fast as that goes.
PICTURE = (('c', 'libx264'), ('preset', 'veryfast'), ('crf', '21'), ('pix_fmt', 'yuv420p'))
SOUND = (('c', 'aac'), ('b', '192k'))
COPY = (('c', 'copy'),)
# The encoder knows arrangements of no more, and none of a whole sphere.
CHANNELS_MAX = 8
# A picture of 2160p whose light is brought down takes 1.2 GiB, and 0.9 with fewer frames in memory at once. The default of
# JOB_MEMORY_BYTES is 1 GiB.
LARGE_POINTS = 2560 * 1440
FEWER_FRAMES = (('rc-lookahead', '4'), ('threads', '1'))
ONE_THREAD = ('-threads', '1')


def options_of_picture(each):
    return (('filter', filters_of(each)), *PICTURE, *(FEWER_FRAMES if _is_large(each) else ()))


def options_of_sound(each):
    is_arranged = (each.get('channels') or 0) <= CHANNELS_MAX and 'ambisonic' not in (each.get('channel_layout') or '')
    return SOUND if is_arranged else (*SOUND, ('ac', '2'))


def reading_options(streams):
    """Of the input. Each thread of a decoder holds frames of its own."""
    return ONE_THREAD if any(map(_is_large, streams)) else THREADS


def _is_large(each):
    return (each.get('width') or 0) * (each.get('height') or 0) > LARGE_POINTS
