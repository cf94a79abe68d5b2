"""A YoutubeDL that does what its arguments say and nothing unsafe. What yt-dlp would print becomes events."""
import sys

from yt_dlp import parse_options
from yt_dlp.globals import plugin_dirs
from yt_dlp.postprocessor.common import PostProcessor
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import YoutubeDLError

from answers import look_at_answers
from continuation import continue_exactly
from dash_periods import keep_tracks_apart
from events import text
from first_video import FirstVideo
from guard import leave_times_alone, refuse_unsafe_downloaders
from impersonation import ask_as_browser_where_refused
from preferences import know_own_fields
from playlist import read_playlists_first
from open_answers import close_answers, remember_answers
from outgoing import hold_to_proxy, refuse_smuggled_data
from progress import read_in_short_blocks
from retries import raise_what_was_given_up_on
from ranges import hold_to_ranges
from sources import take_what_players_take
from upcoming import hear_when_streams_start
from validators import add_validators, note_validators

# Different ones.
WARNINGS_MAX = 20
DIAGNOSTIC_LENGTH_MAX = 16_384


def prepare(argv, events):
    """A YoutubeDL that does what the arguments say, and nothing unsafe; with the address that came last."""
    refuse_unsafe_downloaders()
    leave_times_alone()
    refuse_smuggled_data()
    continue_exactly()
    hold_to_ranges()
    note_validators()
    take_what_players_take()
    keep_tracks_apart()
    read_in_short_blocks()
    read_playlists_first()
    look_at_answers()
    remember_answers()
    know_own_fields()
    raise_what_was_given_up_on()
    hear_when_streams_start()
    _, options, urls, params = parse_options(argv)
    if options.ffmpeg_location:
        FFmpegPostProcessor._ffmpeg_location.set(options.ffmpeg_location)
    plugin_dirs.value = []
    # An error that is not raised would leave half a result behind a successful end.
    ydl = FirstVideo({**params, 'logger': Logger(events), 'ignoreerrors': False})
    hold_to_proxy(ydl)
    ask_as_browser_where_refused(ydl)
    ydl.add_post_processor(Tell(lambda info: close_answers(ydl)), when='pre_process')
    ydl.add_post_processor(Tell(lambda info: events.emit('extracted')), when='pre_process')
    ydl.add_post_processor(Tell(lambda info: add_validators(ydl, info)), when='after_filter')
    return ydl, urls[0]


class Tell(PostProcessor):
    """Calls a function with the record of the video at a stage where yt-dlp has no hook."""

    def __init__(self, tell):
        super().__init__()
        self._tell = tell

    @classmethod
    def pp_key(cls):
        return 'Tell'

    def run(self, information):
        self._tell(information)
        return [], information

    def _hook_progress(self, status, info_dict):
        """Nobody wants to hear of it, and yt-dlp makes two titles of a window for each stage."""


class Logger:
    """Takes what yt-dlp would print: warnings become events, and the first of it all goes to standard error."""

    def __init__(self, events):
        self._events = events
        self._warned = set()
        self._bytes_left = DIAGNOSTIC_LENGTH_MAX
        self._last_error = None

    def debug(self, message):
        pass

    def info(self, message):
        pass

    def warning(self, message):
        self._print(message)
        reported = text(message)
        # One that comes again must not take the place of another.
        if reported not in self._warned and len(self._warned) < WARNINGS_MAX:
            self._warned.add(reported)
            self._events.emit('warning', message=reported)

    def error(self, message):
        """Every fatal error is raised as well; these words are for the cases where yt-dlp just stops."""
        self._print(message)
        self._last_error = message

    def last_words(self):
        return YoutubeDLError(self._last_error) if self._last_error and self._last_error.strip() else None

    def _print(self, message):
        line = self._events.without_secrets(text(message) or '')[:self._bytes_left]
        self._bytes_left -= len(line)
        if line:
            print(line, file=sys.stderr, flush=True)
