"""What of a stream all players play, by what ffprobe says of it. `options/compatibility.ts` says the same of a whole file."""
import re

# What players in hardware decode: 8 bits, and a colour for each four points.
PIXELS = ('yuv420p', 'yuvj420p')
# Of H.264. A lossless picture is of another profile, though its pixels are the same.
PICTURE_PROFILES = ('Constrained Baseline', 'Baseline', 'Main', 'High')
# Of AAC. xHE-AAC and those of broadcasting are other encodings under the same name.
SOUND_PROFILES = ('LC', 'HE-AAC', 'HE-AACv2')
# Two fields in each frame: whichever is stored first, and whichever is shown first. Browsers show both at once, as combs.
INTERLACED = ('tt', 'bb', 'tb', 'bt')
# SMPTE ST 2084 and ARIB STD-B67: players that take them for those of BT.709 show a grey picture.
HIGH_RANGE = ('smpte2084', 'arib-std-b67')
WIDE_COLORS = ('bt2020',)
# ffprobe has no name for it.
UNNAMED = re.compile(r'\d+|unknown')


def is_interlaced(each):
    return each.get('field_order') in INTERLACED


def has_high_range(each):
    return each.get('color_transfer') in HIGH_RANGE


def has_wide_colors(each):
    return each.get('color_primaries') in WIDE_COLORS


def is_played_picture(each):
    return (each.get('codec_name') == 'h264' and each.get('pix_fmt') in PIXELS and _is_of(each, PICTURE_PROFILES)
            and not (is_interlaced(each) or has_high_range(each) or has_wide_colors(each)))


def is_played_sound(each):
    return each.get('codec_name') == 'aac' and _is_of(each, SOUND_PROFILES)


def _is_of(each, profiles):
    """True where the profile is not known."""
    profile = str(each.get('profile') or 'unknown')
    return profile in profiles or UNNAMED.fullmatch(profile) is not None
