"""What leaves yt-dlp's record of a video: only what is named here. The record also holds cookies and headers."""
import hashlib
import json

from events import number, text

FORMATS_MAX = 500
# Results lie in Redis for days, and a page made for it could make each as large as the limits of its fields allow.
DESCRIBED_BYTES_MAX = 65_536
NESTING_MAX = 5
DESCRIPTION_LENGTH_MAX = 20_000

VIDEO_FIELDS = {
    'title': lambda value: text(value, 1000),
    'uploader': lambda value: text(value, 500),
    'duration': number,
    'thumbnail': lambda value: text(value, 4096),
    'webpage_url': lambda value: text(value, 4096),
    'id': lambda value: text(value, 500),
    'description': lambda value: value[:DESCRIPTION_LENGTH_MAX] if isinstance(value, str) else None,
    'extractor': lambda value: text(value, 100),
    'upload_date': lambda value: text(value, 8),
    'view_count': number,
    'age_limit': number,
    'live_status': text,
}

FORMAT_FIELDS = {
    'format_id': lambda value: text(value, 200),
    'format_note': lambda value: text(value, 200),
    'ext': lambda value: text(value, 20),
    'filesize': number,
    'filesize_approx': number,
    'protocol': lambda value: text(value, 50),
    'vcodec': lambda value: text(value, 100),
    'acodec': lambda value: text(value, 100),
    'width': number,
    'height': number,
    'fps': number,
    'tbr': number,
    'language': lambda value: text(value, 50),
    'has_drm': bool,
}

PLANNED_FIELDS = ('format_id', 'filesize', 'filesize_approx', 'tbr', 'vcodec', 'acodec', 'protocol', 'ext')


# Their ids are the last part of an address, which other sites may share.
WITHOUT_IDS = ('Generic', 'HTML5MediaEmbed')


def described(info):
    """A video, or the first one of a playlist, with how many there are. None where a playlist is empty."""
    info, playlist_count = _unfolded(info)
    if info is None:
        return None
    formats = [_chosen(FORMAT_FIELDS, each) for each in (info.get('formats') or [])[:FORMATS_MAX]]
    video = {**_chosen(VIDEO_FIELDS, info), 'playlist_count': playlist_count, 'formats': formats, 'shortened': False}
    description = info.get('description')
    if len(info.get('formats') or []) > FORMATS_MAX or len(description or '') > DESCRIPTION_LENGTH_MAX:
        video['shortened'] = True
    return _bounded(video)


def first_video(info):
    """The video itself, or the first one of a list, or of a list of lists; None where there is none."""
    return _unfolded(info)[0]


def _unfolded(info):
    playlist_count = None
    for _ in range(NESTING_MAX):
        if info is None or info.get('_type', 'video') not in ('playlist', 'multi_video'):
            break
        if playlist_count is None:
            playlist_count = number(info.get('playlist_count'))
        info = next(iter(info.get('entries') or ()), None)
    return info, playlist_count


def identity(info):
    """64 hexadecimal digits for what is about to be downloaded: the same for the same video in the same formats.

    None where nothing tells it apart. Where the site gives no ids of its own, the addresses of the media do.
    """
    extractor, video_id = info.get('extractor_key'), info.get('id')
    if not extractor or not video_id:
        return None
    formats = info.get('requested_formats') or [info]
    name = [each.get('url') for each in formats] if extractor in WITHOUT_IDS else video_id
    facts = [extractor, name, info.get('ext'), [[each.get('format_id'), each.get('ext')] for each in formats]]
    return hashlib.sha256(json.dumps(facts, default=str).encode('ascii')).hexdigest()


def _bounded(video):
    """Drops what is missed least until the rest fits: the description, then formats from the worst end of the list."""
    if _size(video) <= DESCRIBED_BYTES_MAX:
        return video
    video.update(description=None, shortened=True)
    # yt-dlp lists the worst format first.
    while _size(video) > DESCRIBED_BYTES_MAX and video['formats']:
        del video['formats'][:max(1, len(video['formats']) // 8)]
    return video


def _size(video):
    return len(json.dumps(video))


def planned(info):
    """What is about to be downloaded: the formats that make up the file, each with what weighs it."""
    formats = info.get('requested_formats') or [info]
    return {
        **_chosen({key: VIDEO_FIELDS[key] for key in ('title', 'webpage_url', 'duration')}, info),
        'ext': text(info.get('ext'), 20),
        'playlist_count': number(info.get('playlist_count')),
        'identity': identity(info),
        'formats': [_chosen({key: FORMAT_FIELDS[key] for key in PLANNED_FIELDS}, each) for each in formats],
    }


def _chosen(fields, record):
    return {key: read(record.get(key)) for key, read in fields.items()}
