"""What leaves yt-dlp's record of a video: only what is named here. The record also holds cookies and headers."""
import hashlib
import json
import time

from addresses import address_of, headers_of
from details import chapters_of, pictures_of, tracks_of
from events import cut, number, text
from format_ids import listed_id

FORMATS_MAX = 500
# Results lie in Redis for days, and a page made for it could make each as large as the limits of its fields allow.
DESCRIBED_BYTES_MAX = 65_536
DESCRIPTION_LENGTH_MAX = 20_000

# What one extractor tells another rides on the address. It is nobody else's, and such an address is refused when it comes back.
NOTES = '#__youtubedl_smuggle'


def without_notes(address):
    return address.partition(NOTES)[0] if isinstance(address, str) else None


VIDEO_FIELDS = {
    'title': lambda value: text(value, 1000),
    'uploader': lambda value: text(value, 500),
    'duration': number,
    'thumbnail': lambda value: text(value, 4096),
    'webpage_url': lambda value: text(without_notes(value), 4096),
    'id': lambda value: text(value, 500),
    'description': lambda value: cut(value, DESCRIPTION_LENGTH_MAX) if isinstance(value, str) else None,
    'extractor': lambda value: text(value, 100),
    'upload_date': lambda value: text(value, 8),
    'view_count': number,
    'age_limit': number,
    'live_status': text,
    'channel': lambda value: text(value, 500),
    'channel_id': lambda value: text(value, 200),
    'channel_url': lambda value: text(without_notes(value), 4096),
}

FORMAT_FIELDS = {
    'format_id': lambda value: listed_id(value) if isinstance(value, str) else None,
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
    'dynamic_range': lambda value: text(value, 20),
    'audio_channels': number,
    'has_drm': bool,
}

PLANNED_FIELDS = ('format_id', 'filesize', 'filesize_approx', 'tbr', 'vcodec', 'acodec', 'protocol', 'ext', 'width', 'height', 'language')


# Their ids are the last part of an address, which other sites may share.
WITHOUT_IDS = ('Generic', 'HTML5MediaEmbed')


def described(info, with_addresses=False, best=()):
    """What leaves the record of a video. None for what is no video. `best`: what common requests would take."""
    if not is_video(info):
        return None
    listed = formats_of(info)
    formats = [_format(each, with_addresses) for each in listed[:FORMATS_MAX]]
    count = number(info.get('playlist_count'))
    video = {
        **_chosen(VIDEO_FIELDS, info),
        'playlist_count': count,
        'chapters': chapters_of(info),
        'subtitles': tracks_of(info.get('subtitles')),
        'automatic_captions': tracks_of(info.get('automatic_captions')),
        'thumbnails': pictures_of(info),
        'best': list(best),
        'formats': formats,
        'shortened': False,
    }
    description = info.get('description')
    if len(listed) > FORMATS_MAX or len(description or '') > DESCRIPTION_LENGTH_MAX:
        video['shortened'] = True
    return _bounded(video)


def _format(each, with_addresses):
    reported = _chosen(FORMAT_FIELDS, each)
    return {**reported, 'url': address_of(each), 'http_headers': headers_of(each)} if with_addresses else reported


def is_video(info):
    return isinstance(info, dict) and info.get('_type', 'video') == 'video'


def formats_of(info):
    """Some extractors name one address and no list of formats: then the record is the format, as it is to yt-dlp."""
    if info.get('formats') is None:
        return [info] if info.get('url') else []
    return info['formats']


def identity(info):
    """64 hexadecimal digits for what is about to be downloaded: the same for the same video in the same formats.

    None where nothing tells it apart. Where the site gives no ids of its own, the addresses of the page and of the media
    do: two pages may show one file and say different things of it. What lies at a direct link may be replaced, so there the
    validators count as well; so does the title everywhere, since the file is named after it.
    """
    extractor, video_id = info.get('extractor_key'), info.get('id')
    if not extractor or not video_id:
        return None
    formats = info.get('requested_formats') or [info]
    addresses = [info.get('webpage_url'), [each.get('url') for each in formats]]
    name = addresses if extractor in WITHOUT_IDS else video_id
    facts = [extractor, name, info.get('title'), info.get('media_validators'), info.get('ext'), [[each.get('format_id'), each.get('ext')] for each in formats]]
    return hashlib.sha256(json.dumps(facts, default=str).encode('ascii')).hexdigest()


# In this order.
MISSED_LEAST = (('automatic_captions', []), ('description', None), ('thumbnails', []), ('chapters', []), ('subtitles', []))


def _bounded(video):
    """Drops what is missed least until the rest fits, and then formats from the worst end of the list."""
    for field, nothing in MISSED_LEAST:
        if _size(video) <= DESCRIBED_BYTES_MAX:
            return video
        video.update({field: nothing, 'shortened': True})
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
        'direct': info.get('direct') is True,
        'wait_seconds': _wait_of(formats),
        'seconds': _seconds_of(formats),
        'periods': max(each.get('dash_periods') or 1 for each in formats),
        # Merging, and putting right what came in fragments, writes the whole file once more.
        'copies': 2 if len(formats) > 1 or str(info.get('protocol')).startswith('m3u8') else 1,
        'formats': [_chosen({key: FORMAT_FIELDS[key] for key in PLANNED_FIELDS}, each) for each in formats],
    }


def _wait_of(formats):
    """How long yt-dlp will wait before it downloads, as the site demands: advertisements come before the video."""
    return max(0, max(number(each.get('available_at')) or 0 for each in formats) - int(time.time()))


def _seconds_of(formats):
    """How long the manifest says that all of it is. None: it does not say."""
    return number(max((each.get('dash_seconds') or 0 for each in formats), default=0) or None)


def _chosen(fields, record):
    return {key: read(record.get(key)) for key, read in fields.items()}
