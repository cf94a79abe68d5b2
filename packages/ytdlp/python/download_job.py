"""The job that downloads. Standard output is never read: a title or an address could forge it."""
import errno

from beside import fetch_beside
from containing import contain, merge_into, planned_container
from cookies import carry_cookies
from errors import chain_of
from events import text
from extraction import unpacked
from file_names import name_safely
from format_ids import mark, shorten
from inside import write_inside
from kept import use_what_is_kept
from pictures import refuse_pictures
from preferences import prefer
from parts import copies_of_parts
from progress import Progress
from rewrap import rewrap
from disk_space import refuse_what_cannot_fit
from subtitles import know_subtitles
from tokens import use_tokens
from video import formats_of, planned
from nothing_found import NothingFound
from safe_ydl import prepare, Tell

# What another extraction would not change.
FINAL_ERRNOS = {errno.EFBIG, errno.ENOSPC, errno.EDQUOT}
FINAL_CLASSES = {'FileTooLarge', 'NotEnoughDisk', 'NotEnoughQuota', 'PostProcessingError', 'FFmpegPostProcessorError'}


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
    ydl.add_post_processor(Tell(lambda info: mark(formats_of(info))), when='after_filter')
    ydl.add_post_processor(Tell(lambda info: prefer(ydl, info, preferences)), when='after_filter')
    ydl.add_post_processor(Tell(shorten), when='video')
    ydl.add_post_processor(Tell(name_safely), when='video')
    ydl.add_post_processor(Tell(lambda info: merge_into(info, container)), when='video')
    ydl.add_post_processor(Tell(announce), when='before_dl')
    ydl.add_post_processor(Tell(lambda info: rewrap(ydl, info, events)), when='post_process')
    if container:
        # An earlier attempt may have put the file into it, and was ended then.
        ydl.params['final_ext'] = container
        ydl.add_post_processor(Tell(lambda info: contain(ydl, info, container, events)), when='post_process')
    if is_written_inside:
        ydl.add_post_processor(Tell(lambda info: write_inside(ydl, info, preferences)), when='post_process')
    ydl.add_post_processor(Tell(lambda info: fetch_beside(ydl, info, settings, events)), when='post_process')
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


def _postprocessing(events):
    def tell(state):
        events.emit('postprocess', name=text(state.get('postprocessor')), status=text(state.get('status')))
    return tell
