"""The filters through which a picture goes before it is encoded again: frames, colours and a size that all players play."""
from yt_dlp.utils import PostProcessingError

from played import has_high_range, has_wide_colors, is_interlaced

# A frame becomes one frame, so times stay as they are. All of them: not every decoder marks frames as interlaced.
PROGRESSIVE = 'bwdif=mode=send_frame:parity=auto:deint=all'
# White is 203 candelas (ITU-R BT.2408). Up to a third of it the picture stays as it is; all that is brighter is pressed into what is left.
# Colours are computed as light, in numbers of 32 bits. What the file says of its brightest points would be untrue afterwards.
LIGHT = ('p=bt709', 't=linear', 'npl=203')
TONE_MAPPED = ('format=gbrpf32le', 'tonemap=tonemap=mobius:desat=0', 'zscale=p=bt709:t=bt709:m=bt709:r=tv', 'sidedata=mode=delete')
USUAL_COLORS = ('p=bt709', 't=bt709', 'm=bt709', 'r=tv')
# What a source leaves out is as BT.2020 has it: zscale converts nothing of which it does not know what it is.
LEFT_OUT = {'color_transfer': 'tin=2020_10', 'color_primaries': 'pin=2020', 'color_space': 'min=2020_ncl', 'color_range': 'rin=tv'}
UNSAID = (None, '', 'unknown', 'unspecified', 'reserved')
# yuv420p has one colour for each two by two points, so an odd width or height becomes one less.
EVEN = 'scale=trunc(iw/2)*2:trunc(ih/2)*2'


def filters_of(each):
    """One chain, for a stream as ffprobe describes it. Raises PostProcessingError where the picture would become a wrong one."""
    _refuse_own_colors(each)
    return ','.join([*([PROGRESSIVE] if is_interlaced(each) else []), EVEN, *_color_filters(each)])


def _color_filters(each):
    known = [option for name, option in LEFT_OUT.items() if each.get(name) in UNSAID]
    if has_high_range(each):
        return f'zscale={":".join((*known, *LIGHT))}', *TONE_MAPPED
    return (f'zscale={":".join((*known, *USUAL_COLORS))}',) if has_wide_colors(each) else ()


def _refuse_own_colors(each):
    for known in each.get('side_data_list') or ():
        # 0: the picture beneath is like that of no other standard (profile 5), and is green and violet without a decoder of Dolby Vision.
        if known.get('side_data_type') == 'DOVI configuration record' and known.get('dv_bl_signal_compatibility_id') == 0:
            raise PostProcessingError('The colours of the picture are those of Dolby Vision alone.')
