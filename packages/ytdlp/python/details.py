"""What a record says of a video beside its formats: chapters, subtitles, pictures. Bounded in number and in length."""
from events import number, text

CHAPTERS_MAX = 200
TRACKS_MAX = 200
TRACK_FORMATS_MAX = 10
PICTURES_MAX = 20
# Not subtitles, though yt-dlp lists it among them.
NO_SUBTITLES = ('live_chat', 'danmaku', 'comments')


def chapters_of(info):
    return [
        {'title': text(each.get('title'), 300), 'start': number(each.get('start_time')), 'end': number(each.get('end_time'))}
        for each in _records(info.get('chapters'))[:CHAPTERS_MAX]
    ]


def tracks_of(by_language):
    """Of `subtitles` or of `automatic_captions`: each language once, with the formats that the source has it in."""
    if not isinstance(by_language, dict):
        return []
    listed = [(language, _records(tracks)) for language, tracks in by_language.items() if language not in NO_SUBTITLES]
    return [
        {'language': text(language, 50), 'name': _name_of(tracks), 'extensions': _extensions_of(tracks)}
        for language, tracks in listed[:TRACKS_MAX]
    ]


def pictures_of(info):
    """The best ones, the best last, as yt-dlp lists them."""
    return [
        {'url': text(each.get('url'), 4096), 'width': number(each.get('width')), 'height': number(each.get('height'))}
        for each in _records(info.get('thumbnails'))[-PICTURES_MAX:]
    ]


def _name_of(tracks):
    return next((text(each['name'], 100) for each in tracks if isinstance(each.get('name'), str)), None)


def _extensions_of(tracks):
    found = dict.fromkeys(text(each.get('ext'), 10) for each in tracks)
    return [each for each in found if each][:TRACK_FORMATS_MAX]


def _records(value):
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
