"""The filters through which a picture goes before it is encoded again: frames, colours and a size that all players play."""
from typing import NamedTuple

from yt_dlp.utils import PostProcessingError

from played import has_high_range, has_wide_colors, is_interlaced

# A frame becomes one frame, so times stay as they are.
PROGRESSIVE = 'bwdif=mode=send_frame:parity=auto:deint={frames}'
# Codecs of broadcasts, whose decoders mark each frame that has fields. What stands in the file is of its beginning, or missing, or untrue.
# H.265 has fields hardly ever, and its large pictures need the memory that looking at three frames takes.
MARKING = ('mpeg1video', 'mpeg2video', 'mpeg4', 'h264', 'vc1', 'wmv3', 'dvvideo', 'prores')
# White is 203 candelas (ITU-R BT.2408). Up to a third of it the picture stays as it is; all that is brighter is pressed into what is left.
# Colours are computed as light, in numbers of 32 bits. What the file says of its brightest points would be untrue afterwards.
LIGHT = ('p=bt709', 't=linear', 'npl=203')
TONE_MAPPED = ('format=gbrpf32le', 'tonemap=tonemap=mobius:desat=0', 'zscale=p=bt709:t=bt709:m=bt709:r=tv', 'sidedata=mode=delete')
USUAL_COLORS = ('p=bt709', 't=bt709', 'm=bt709', 'r=tv')
UNSAID = (None, '', 'unknown', 'unspecified', 'reserved')


class Stored(NamedTuple):
    """`option`: what zscale calls it. `known`: the names that it shares with ffprobe. `left_out`: what a source means that says nothing."""

    option: str
    known: tuple[str, ...]
    left_out: str


# zscale converts nothing of which it does not know what it is. What only the container says never reaches it with the frames of HEVC, so
# its name is passed on. What a source leaves out is as BT.2020 has it.
STORED = {
    'color_transfer': Stored('tin', ('bt709', 'smpte170m', 'bt2020-10', 'bt2020-12', 'smpte2084', 'arib-std-b67'), '2020_10'),
    'color_primaries': Stored('pin', ('bt709', 'bt2020', 'smpte431', 'smpte432'), '2020'),
    'color_space': Stored('min', ('bt709', 'bt2020nc', 'bt2020c'), '2020_ncl'),
    'color_range': Stored('rin', ('tv', 'pc'), 'tv'),
}
# yuv420p has one colour for each two by two points, so an odd width or height becomes one less.
EVEN = 'scale=trunc(iw/2)*2:trunc(ih/2)*2'


def filters_of(each):
    """One chain, for a stream as ffprobe describes it. Raises PostProcessingError where the picture would become a wrong one."""
    _refuse_own_colors(each)
    return ','.join([*_frame_filters(each), EVEN, *_color_filters(each)])


def _frame_filters(each):
    if each.get('codec_name') in MARKING:
        return (PROGRESSIVE.format(frames='interlaced'),)
    return (PROGRESSIVE.format(frames='all'),) if is_interlaced(each) else ()


def _color_filters(each):
    stored = [option for name, each_of in STORED.items() for option in _options_of(each_of, each.get(name))]
    if has_high_range(each):
        return f'zscale={":".join((*stored, *LIGHT))}', *TONE_MAPPED
    return (f'zscale={":".join((*stored, *USUAL_COLORS))}',) if has_wide_colors(each) else ()


def _options_of(stored, name):
    """Nothing for a name that zscale does not have: the frames may say it better."""
    if name in UNSAID:
        return (f'{stored.option}={stored.left_out}',)
    return (f'{stored.option}={name}',) if name in stored.known else ()


def _refuse_own_colors(each):
    for known in each.get('side_data_list') or ():
        # 0: the picture beneath is like that of no other standard (profile 5), and is green and violet without a decoder of Dolby Vision.
        if known.get('side_data_type') == 'DOVI configuration record' and known.get('dv_bl_signal_compatibility_id') == 0:
            raise PostProcessingError('The colours of the picture are those of Dolby Vision alone.')
