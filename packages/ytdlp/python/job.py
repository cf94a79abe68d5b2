"""The jobs that extract and download no media. Standard output is never read: a title or an address could forge it."""
from best_formats import best_formats
from captions import take_captions
from cookies import carry_cookies
from extraction import packed
from kept import use_what_is_kept
from listing import described_listing, reported_in_parts
from pictures import refuse_pictures
from subtitles import know_subtitles
from tokens import use_tokens
from video import described, is_video
from nothing_found import NothingFound
from safe_ydl import prepare


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
    use_what_is_kept(ydl, settings, events)
    use_tokens(ydl, settings.get('tokenAddress'), events)
    know_subtitles(ydl)
    # There may be captions where there is no format that could be downloaded.
    ydl.params['ignore_no_formats_error'] = True
    info = ydl.extract_info(url, download=False)
    if not is_video(info):
        raise ydl.params['logger'].last_words() or NothingFound
    take_captions(ydl, info, settings.get('captions') or {}, settings['folder'], events)
    return 0
