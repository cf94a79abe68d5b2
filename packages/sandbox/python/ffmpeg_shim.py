"""Stands in front of ffmpeg and ffprobe so that they read and write plain files of one job's folder, and nothing else.

yt-dlp is pointed here by --ffmpeg-location. A media file is hostile: a playlist that is named .mp4 makes ffmpeg open
sockets and other people's files, whatever proxy or whitelist yt-dlp was given. So every argument must be one that
yt-dlp or we are known to use, every file must lie in the folder, and each input gets a whitelist of protocols and
of demuxers that never open a second file. Whatever is not understood is refused: exit status 69, one line.

Only what starts within a few milliseconds is imported.
"""
import os
import resource
import sys
from ctypes import CDLL

from capabilities import drop_capabilities
from landlock import restrict
from seccomp import filter_calls, read_filter

REFUSED = 69
PR_SET_PDEATHSIG = 1
SIGKILL = 9

# What whoever starts us allows, and what holds where nothing is said. A few kilobytes can make a demuxer ask for gigabytes.
MEMORY, CPU = 'VIDEO_SCRAPER_MEMORY_BYTES', 'VIDEO_SCRAPER_CPU_SECONDS'
DEFAULTS = {MEMORY: 2**30, CPU: 900}
# Stacks of threads are reserved as writable and hardly touched.
UNUSED_BYTES_MAX = 2**28

PROTOCOLS = 'file,pipe'
# Pictures and subtitles of a video, and what yt-dlp makes of them. They need a list of their own, as they are no media.
BESIDE = frozenset('srt ass webvtt lrc ffmetadata image2 mjpeg gif apng'.split())
PICTURES = frozenset('jpeg_pipe png_pipe webp_pipe gif_pipe'.split())
# The installer fills in the table of containers. No hls, dash, concat, image sequences of other folders' making, rtsp,
# sdp, vobsub, imf in it: they name further files.
DEMUXERS = frozenset('@READERS@'.split()) | BESIDE | PICTURES
MUXERS = frozenset('@WRITERS@'.split()) | BESIDE | {'null'}

# What takes a value, and what takes none. Nothing here can name a file, but `i`, `attach`, `f` and `progress`, which are checked.
COMMON_FLAGS = frozenset('hide_banner version bsfs'.split())
COMMON_VALUES = frozenset('i f v loglevel pattern_type'.split())
FLAGS = {
    'ffmpeg': COMMON_FLAGS | frozenset(
        'y n nostdin stats nostats vn an sn dn ignore_unknown shortest copyts start_at_zero'.split()),
    'ffprobe': COMMON_FLAGS | frozenset(
        'show_streams show_format show_chapters show_programs show_packets show_frames show_error '
        'count_packets count_frames'.split()),
}
VALUES = {
    'ffmpeg': COMMON_VALUES | frozenset(
        'attach map map_metadata map_chapters metadata disposition c codec acodec vcodec scodec vtag tag b q ab ar ac '
        'vbr crf preset pix_fmt bsf movflags ss t to aspect force_key_frames write_id3v1 id3v2_version update frames vf filter threads '
        'avoid_negative_ts fflags err_detect strict max_muxing_queue_size progress rc-lookahead'.split()),
    'ffprobe': COMMON_VALUES | frozenset(
        'show_entries select_streams print_format of output_format read_intervals threads'.split()),
}
# A filter can open files (movie, subtitles, lut3d), so only those that cannot, and no graph of several inputs.
FILTERS = frozenset('setpts asetpts scale thumbnail format bwdif zscale tonemap sidedata'.split())


class Refusal(Exception):
    """The arguments ask for something that is not allowed, or not known."""


def die_with_parent():
    """Has the kernel kill this process, and ffmpeg after exec, when the parent is gone; it survives an exec."""
    parent = os.getppid()
    CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It died before the kernel knew.
        sys.exit(REFUSED)


def job_folder():
    """The only folder there is. A job in the root directory owns nothing, as no path begins with two slashes."""
    return os.path.realpath(os.environ.get('VIDEO_SCRAPER_JOB_FOLDER') or os.getcwd())


def local_path(text):
    """The path that ffmpeg would open; everything else before a colon is a protocol, also `subfile,,start,1,:`."""
    if text.startswith('file:'):
        return text[5:]
    if ':' in text and not text.startswith(('/', './')):
        raise Refusal('only local files')
    return text


def within(folder, path):
    if not path or not os.path.realpath(path).startswith(folder + '/'):
        raise Refusal('the file is outside the folder of the job')


def readable(folder, text):
    """An input, spelled so that ffmpeg can take it for nothing but a file."""
    if text in ('-', 'pipe:', 'pipe:0'):
        return 'pipe:0'
    path = local_path(text)
    within(folder, path)
    if not os.path.isfile(path):
        raise Refusal('the input is not a file')
    return 'file:' + path


def writable(folder, text):
    if text in ('-', 'pipe:', 'pipe:1'):
        return 'pipe:1'
    path = local_path(text)
    within(folder, path)
    if os.path.lexists(path) and not os.path.isfile(path):
        raise Refusal('the output is not a file')
    return 'file:' + path


def checked_format(name, known):
    if name is not None and name not in known:
        raise Refusal('the format is not allowed')


def checked_filter(graph):
    """One chain of known filters, without the quoting and escaping in which another one could hide."""
    if any(character in graph for character in '\\\'"[];'):
        raise Refusal('the filter is not allowed')
    # `option=/path` and `/option=path` are values, of which ffmpeg reads the second out of a file.
    if any(mark in ''.join(graph.split()) for mark in ('=/', ':/')):
        raise Refusal('the filter is not allowed')
    for part in graph.split(','):
        # Commas inside parentheses belong to expressions, which would need quoting, so each part is a filter.
        if part.partition('=')[0].strip() not in FILTERS:
            raise Refusal('the filter is not allowed')


def guarded(program, folder, arguments):
    """The arguments for the real program. Raises Refusal."""
    result = []
    chosen_format = None
    rest = iter(arguments)

    def add_input(text):
        checked_format(chosen_format, DEMUXERS)
        result.extend(('-protocol_whitelist', PROTOCOLS, '-format_whitelist', ','.join(sorted(DEMUXERS)),
                       '-i', readable(folder, text)))

    for argument in rest:
        if argument == '-' or not argument.startswith('-'):
            if program == 'ffprobe':
                add_input(argument)
            else:
                checked_format(chosen_format, MUXERS)
                result.append(writable(folder, argument))
            chosen_format = None
            continue
        # `-i:v` is `-i` to ffmpeg as well, so the name alone decides.
        name = argument[1:].partition(':')[0]
        if name not in FLAGS[program] | VALUES[program]:
            raise Refusal('the option is not known')
        if name in FLAGS[program]:
            result.append(argument)
            continue
        value = next(rest, None)
        if value is None:
            raise Refusal('the option has no value')
        if name == 'i':
            add_input(value)
            chosen_format = None
            continue
        if name == 'f':
            chosen_format = value
            if program == 'ffprobe':
                # It has one input, to which every option belongs, also those that follow it.
                checked_format(value, DEMUXERS)
        elif name == 'attach':
            value = readable(folder, value)
        elif name in ('vf', 'filter'):
            checked_filter(value)
        elif name == 'progress' and value != 'pipe:1':
            # It would open any address.
            raise Refusal('progress goes nowhere but to the output')
        result.extend((argument, value))
    return result


def bound():
    """Bounds memory and processor time of the program, never above what already holds for this process. 0: no limit."""
    for name, kind, extra in ((MEMORY, resource.RLIMIT_DATA, UNUSED_BYTES_MAX), (CPU, resource.RLIMIT_CPU, 0)):
        allowed = int(os.environ.get(name) or DEFAULTS[name])
        if allowed > 0:
            _, hard = resource.getrlimit(kind)
            limit = allowed + extra if hard == resource.RLIM_INFINITY else min(allowed + extra, hard)
            resource.setrlimit(kind, (limit, limit))


def shut_in(folder, real_path):
    """Where the kernel can: this folder, the program and its libraries, no connection, no further process, no privilege.

    The arguments keep an honest program inside. This is for one that a hostile file has taken over.
    """
    filter_path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'media.filter')
    # There is none for a processor whose numbers nobody has written down; the worker says so when it starts.
    instructions = read_filter(filter_path) if os.path.exists(filter_path) else None
    home = os.path.dirname(os.path.dirname(os.path.realpath(real_path)))
    drop_capabilities()
    # The last two for a program that is a script around the real one. It must exec the real one, as it gets no processes.
    restrict(own=[folder], run=[real_path, os.path.join(home, 'lib'), sys.executable, os.path.dirname(os.__file__)])
    if instructions is not None:
        filter_calls(instructions)


def main(program, real_path):
    """`program`: ffmpeg or ffprobe. Becomes it, or ends with 69."""
    try:
        die_with_parent()
        arguments = guarded(program, job_folder(), sys.argv[1:])
        # It would write a report to any path.
        os.environ.pop('FFREPORT', None)
        bound()
        shut_in(job_folder(), real_path)
        os.execv(real_path, [program, *arguments])
    except Refusal as refusal:
        sys.stderr.write(f'{program} refused: {refusal}\n')
    except (OSError, ValueError):
        # A path of the server stays out of what a job may show.
        sys.stderr.write(f'{program} could not be started\n')
    sys.exit(REFUSED)
