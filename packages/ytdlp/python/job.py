"""Drives yt-dlp through its hooks. Standard output is never read: a title or an address could forge it."""
import errno
import sys

from yt_dlp import parse_options
from yt_dlp.globals import plugin_dirs
from yt_dlp.postprocessor.common import PostProcessor
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor
from yt_dlp.utils import YoutubeDLError

from answers import look_at_answers
from beside import fetch_beside
from best_formats import best_formats
from captions import take_captions
from containing import contain, merge_into, planned_container
from cookies import carry_cookies
from continuation import continue_exactly
from dash_periods import keep_tracks_apart
from errors import chain_of
from events import text
from extraction import packed, unpacked
from file_names import name_safely
from first_video import FirstVideo
from format_ids import mark, shorten
from guard import leave_times_alone, refuse_unsafe_downloaders
from listing import described_listing, reported_in_parts
from impersonation import ask_as_browser_where_refused
from inside import write_inside
from kept import use_what_is_kept
from pictures import refuse_pictures
from preferences import know_own_fields, prefer
from playlist import read_playlists_first
from parts import copies_of_parts
from open_answers import close_answers, remember_answers
from outgoing import hold_to_proxy, refuse_smuggled_data
from progress import Progress, read_in_short_blocks
from retries import raise_what_was_given_up_on
from rewrap import rewrap
from ranges import hold_to_ranges
from disk_space import refuse_what_cannot_fit
from sources import take_what_players_take
from subtitles import know_subtitles
from tokens import use_tokens
from upcoming import hear_when_streams_start
from validators import add_validators, note_validators
from video import described, formats_of, is_video, planned

# Different ones.
WARNINGS_MAX = 20
DIAGNOSTIC_LENGTH_MAX = 16_384
# What another extraction would not change.
FINAL_ERRNOS = {errno.EFBIG, errno.ENOSPC, errno.EDQUOT}
FINAL_CLASSES = {'FileTooLarge', 'NotEnoughDisk', 'NotEnoughQuota', 'PostProcessingError', 'FFmpegPostProcessorError'}


class NothingFound(YoutubeDLError):
    """yt-dlp ended without an error and without a result."""

    msg = 'No video was found'


def inform(settings, argv, events):
    """Extracts, and tells what is known about the video."""
    ydl, url = prepare(argv, events)
    carry_cookies(ydl, settings.get('cookies'), events)
    use_what_is_kept(ydl, settings, events)
    use_tokens(ydl, settings.get('tokenAddress'), events)
    # Some extractors look for subtitles only where somebody wants them, and whether there are any is what is asked.
    know_subtitles(ydl)
    ydl.wanted_entries = settings.get('entries')
    found = ydl.extract_info(url, download=False)
    if isinstance(found, dict) and found.get('_type') == 'listing':
        for part in reported_in_parts(found.pop('chosen', ())):
            events.emit('entries', entries=part)
        events.emit('info', video=described_listing(found))
        return 0
    info = ydl.sanitize_info(found)
    best = best_formats(ydl, info, settings.get('commonRequests', ())) if is_video(info) else ()
    video = described(info, settings.get('mediaUrls') is True, best)
    if video is None:
        raise ydl.params['logger'].last_words() or NothingFound
    refuse_pictures(info)
    if settings.get('keep') and not ydl.lacks_tokens and (record := packed(info, ydl.tokens)):
        events.emit('extraction', record=record)
    events.emit('info', video=video)
    return 0


def transcribe(settings, argv, events):
    """Extracts, and fetches the captions that were asked for. Neither formats nor media are looked at."""
    ydl, url = prepare(argv, events)
    carry_cookies(ydl, settings.get('cookies'), events)
    use_tokens(ydl, settings.get('tokenAddress'), events)
    know_subtitles(ydl)
    # There may be captions where there is no format that could be downloaded.
    ydl.params['ignore_no_formats_error'] = True
    info = ydl.extract_info(url, download=False)
    if not is_video(info):
        raise ydl.params['logger'].last_words() or NothingFound
    take_captions(ydl, info, settings.get('captions') or {}, settings['folder'], events)
    return 0


def download(settings, argv, events):
    """Extracts, tells the plan, downloads, and names the file when it lies in its place."""
    ydl, url = prepare(argv, events)
    carry_cookies(ydl, settings.get('cookies'), events)
    use_what_is_kept(ydl, settings, events)
    use_tokens(ydl, settings.get('tokenAddress'), events)
    max_file_bytes = settings.get('maxFileBytes', 0)
    preferences = settings.get('preferences') or {}
    container = preferences.get('container')
    is_written_inside = any(preferences.get(part) for part in ('tags', 'chapters', 'cover'))
    files = []

    def announce(info):
        refuse_pictures(info)
        plan = planned(info)
        if (settings.get('beside') or {}).get('subtitles', {}).get('deliver', 'file') != 'file':
            # Tracks are put into a copy of the media.
            plan['copies'] = 2
        if is_written_inside or container:
            # Extracting the sound, writing tags and changing the container each write the whole file once more.
            plan['copies'] = 2
        plan['container'] = planned_container(info, container)
        plan['copies'] += copies_of_parts(info, settings.get('beside') or {})
        # Reported before it is checked: what is refused for want of space may be there already.
        events.emit('plan', **plan)
        refuse_what_cannot_fit(plan, settings)

    def finish(path):
        files.append(path)
        events.emit('file', path=path)

    # Before a format is chosen, and before a file is named after it.
    ydl.add_post_processor(_Tell(lambda info: mark(formats_of(info))), when='after_filter')
    ydl.add_post_processor(_Tell(lambda info: prefer(ydl, info, preferences)), when='after_filter')
    ydl.add_post_processor(_Tell(shorten), when='video')
    ydl.add_post_processor(_Tell(name_safely), when='video')
    ydl.add_post_processor(_Tell(lambda info: merge_into(info, container)), when='video')
    ydl.add_post_processor(_Tell(announce), when='before_dl')
    ydl.add_post_processor(_Tell(lambda info: rewrap(ydl, info, events)), when='post_process')
    if container:
        # An earlier attempt may have put the file into it, and was ended then.
        ydl.params['final_ext'] = container
        ydl.add_post_processor(_Tell(lambda info: contain(ydl, info, container, events)), when='post_process')
    if is_written_inside:
        ydl.add_post_processor(_Tell(lambda info: write_inside(ydl, info, preferences)), when='post_process')
    ydl.add_post_processor(_Tell(lambda info: fetch_beside(ydl, info, settings, events)), when='post_process')
    progress = Progress(events, max_file_bytes)
    ydl.add_progress_hook(progress)
    ydl.add_postprocessor_hook(_postprocessing(events))
    ydl.add_post_hook(finish)
    has_subtitles = 'subtitles' in (settings.get('beside') or {})
    if has_subtitles:
        know_subtitles(ydl)
    # A record knows nothing of subtitles: they were not looked for, or left out.
    record = unpacked(settings['extraction']) if 'extraction' in settings and not has_subtitles else None
    if record is not None and _downloads(ydl, record, events) and files:
        return 0
    progress.begin_anew()
    code = ydl.download([url])
    if not files:
        raise ydl.params['logger'].last_words() or NothingFound
    return code


def _downloads(ydl, record, events):
    """Whether an earlier extraction led to a file. Its addresses may have expired, and then the video is looked up anew.

    What would not change then is raised, as it would be without a record.
    """
    try:
        ydl.process_ie_result(record, download=True)
    except Exception as error:
        links = chain_of(error)
        if any(link['class'] in FINAL_CLASSES or link.get('errno') in FINAL_ERRNOS for link in links):
            raise
        events.emit('stale', chain=links)
        return False
    return True


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
    ydl = FirstVideo({**params, 'logger': _Logger(events), 'ignoreerrors': False})
    hold_to_proxy(ydl)
    ask_as_browser_where_refused(ydl)
    ydl.add_post_processor(_Tell(lambda info: close_answers(ydl)), when='pre_process')
    ydl.add_post_processor(_Tell(lambda info: events.emit('extracted')), when='pre_process')
    ydl.add_post_processor(_Tell(lambda info: add_validators(ydl, info)), when='after_filter')
    return ydl, urls[0]


def _postprocessing(events):
    def tell(state):
        if state.get('postprocessor') != 'Tell':
            events.emit('postprocess', name=text(state.get('postprocessor')), status=text(state.get('status')))
    return tell


class _Tell(PostProcessor):
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


class _Logger:
    """Takes what yt-dlp would print: warnings become events, and the first of it all goes to standard error."""

    def __init__(self, events):
        self._events = events
        self._warned = set()
        self._room = DIAGNOSTIC_LENGTH_MAX
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
        line = self._events.without_secrets(text(message) or '')[:self._room]
        self._room -= len(line)
        if line:
            print(line, file=sys.stderr, flush=True)
