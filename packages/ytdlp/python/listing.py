"""What leaves the record of a list whose entries were asked for: what the list says of each, without a look at any."""
import json

from yt_dlp.utils import PlaylistEntries

from events import number, text
from video import DESCRIBED_BYTES_MAX, VIDEO_FIELDS, without_notes

ENTRY_FIELDS = {
    'id': lambda value: text(value, 200),
    'title': lambda value: text(value, 500),
    'duration': number,
    'uploader': lambda value: text(value, 200),
    'live_status': text,
}


def part_of(ydl, listed, wanted):
    """A record with `_type` `listing`. `wanted`: `from`, counted from 1, and `count`. Reads one entry more than it tells, if any."""
    first, count = wanted['from'], wanted['count']
    entries = PlaylistEntries(ydl, {**listed, 'entries': listed.get('entries') or []})
    found = list(entries[first:first + count])
    total = listed.get('playlist_count') or entries.get_full_count()
    return {
        **{key: listed.get(key) for key in VIDEO_FIELDS},
        '_type': 'listing',
        'playlist_count': number(total),
        'entries': [_entry(index, each) for index, each in found[:count] if isinstance(each, dict)],
        'entries_next': first + count if len(found) > count else None,
    }


def described_listing(record):
    """Cut from its end until it fits: the next page then begins with what was cut."""
    told = {key: read(record.get(key)) for key, read in VIDEO_FIELDS.items()}
    told.update(formats=[], shortened=False, playlist_count=record['playlist_count'])
    told.update(entries=record['entries'], entries_next=record['entries_next'])
    while len(json.dumps(told)) > DESCRIBED_BYTES_MAX and told['entries']:
        told['shortened'] = True
        cut = max(1, len(told['entries']) // 8)
        told['entries_next'] = told['entries'][-cut]['index']
        del told['entries'][-cut:]
    return told


def _entry(index, each):
    address = without_notes(each.get('url') or each.get('webpage_url'))
    return {
        'index': index,
        **{key: read(each.get(key)) for key, read in ENTRY_FIELDS.items()},
        # One that is too long to be whole would lead elsewhere.
        'url': text(address, 4096) if address and len(address) <= 4096 else None,
    }
