"""One run of ffmpeg that encodes a file: how far it is, and what it said where it failed."""
import re
import subprocess
import threading
import time

from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessorError

# How often it is said how far the run is.
INTERVAL_SECONDS = 1
# Before this much time is over, what is left is a guess about nothing.
KNOWN_AFTER_SECONDS = 3
# Of what ffmpeg writes about a failure. Its causes stand at the beginning, and thousands of broken frames may come before the last word.
WORDS_BYTES_MAX = 2**16
# libavutil, x264 and the C++ library of other encoders say so where the kernel refuses memory. A last line of ffmpeg never does.
NO_MEMORY = re.compile(rb'Cannot allocate memory|malloc of size \d+ failed|std::bad_alloc')
POSITION = re.compile(rb'out_time_us=(\d{1,15})\s*')


def encode(post_processor, arguments, draft, tell):
    """Writes `draft`. `tell` hears of the seconds that are encoded and of those that this took, once a second.

    Raises FFmpegPostProcessorError where ffmpeg fails, and MemoryError where it was given no more memory.
    """
    post_processor.check_version()
    # What a file says of itself is printed above this level, and none of it is to be taken for a word of ffmpeg.
    command = [post_processor.executable, '-y', '-loglevel', 'error', '-progress', 'pipe:1', *arguments,
               '-movflags', '+faststart', f'file:{draft}']
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            words = _Words(process.stderr)
            _follow(process.stdout, tell)
        except BaseException:
            process.kill()
            raise
        code = process.wait()
        said = words.all()
    if code == 0:
        return
    if NO_MEMORY.search(said):
        raise MemoryError
    last = said.decode(errors='replace').strip().splitlines()[-1:]
    raise FFmpegPostProcessorError(last[0] if last else f'ffmpeg ended with {code}')


def _follow(output, tell):
    began = last = time.monotonic()
    # A line has some dozens of bytes; a program that was taken over may write one without an end.
    while line := output.readline(4096):
        found, now = POSITION.fullmatch(line), time.monotonic()
        if found and now - last >= INTERVAL_SECONDS:
            last = now
            tell(int(found[1]) / 1e6, now - began)


def left_of(share, took):
    """How many seconds are left, where `share` of the work took so many. None while that is not known."""
    return None if took < KNOWN_AFTER_SECONDS or not share else round(took * (1 - share) / share)


class _Words:
    """Reads to the end beside the other pipe: a program that cannot write waits for ever."""

    def __init__(self, errors):
        self._first, self._last = b'', b''
        self._reader = threading.Thread(target=self._read, args=(errors,), daemon=True)
        self._reader.start()

    def _read(self, errors):
        while words := errors.read1(4096):
            if len(self._first) < WORDS_BYTES_MAX:
                self._first += words
            else:
                self._last = (self._last + words)[-WORDS_BYTES_MAX:]

    def all(self):
        self._reader.join()
        return self._first + self._last
