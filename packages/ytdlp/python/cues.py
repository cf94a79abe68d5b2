"""Reads the cues of WebVTT and SubRip, and writes them in either. Only times and text are kept."""
import re

TIMES = re.compile(r'(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})[ \t]{1,9}-->[ \t]{1,9}(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})')
# What both formats mean the same by.
KEPT_TAGS = re.compile(r'</?[biu]>')
TAGS = re.compile(r'<[^<>]{0,200}>')
CUES_MAX = 200_000


def cues_of(content):
    """Start and end in milliseconds, and the lines between. What is no cue, such as a note or a style, is left out."""
    cues, current = [], None
    for line in content.splitlines():
        times = TIMES.match(line.strip())
        if times:
            if len(cues) == CUES_MAX:
                raise ValueError('There are too many cues.')
            current = (_milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:]), [])
            cues.append(current)
        elif not line.strip():
            current = None
        elif current is not None:
            current[2].append(line)
    return [cue for cue in cues if cue[2]]


def as_vtt(cues):
    blocks = [f"{_time(start, '.')} --> {_time(end, '.')}\n{_lines(lines)}\n" for start, end, lines in cues]
    return '\n'.join(['WEBVTT\n', *blocks])


def as_srt(cues):
    return '\n'.join(
        f"{number}\n{_time(start, ',')} --> {_time(end, ',')}\n{_lines(lines)}\n"
        for number, (start, end, lines) in enumerate(cues, 1)
    )


def _lines(lines):
    """A line that looks like the times of a cue would begin one."""
    return '\n'.join(_plain(line).replace('-->', '->') for line in lines)


def _plain(line):
    return TAGS.sub(lambda tag: tag[0] if KEPT_TAGS.fullmatch(tag[0]) else '', line)


def _milliseconds(parts):
    hours, minutes, seconds, fraction = parts
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, '0'))


def _time(milliseconds, separator):
    seconds, fraction = divmod(milliseconds, 1000)
    return f'{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{separator}{fraction:03}'
