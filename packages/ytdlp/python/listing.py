"""What leaves the record of a list whose entries were asked for: what the list says of each, without a look at any."""
import json

from yt_dlp.utils import PlaylistEntries

from events import number, text
from video import DESCRIBED_BYTES_MAX, DESCRIPTION_LENGTH_MAX, VIDEO_FIELDS, without_notes

ENTRY_FIELDS = {
    'id': lambda value: text(value, 200),
    'title': lambda value: text(value, 500),
    'duration': number,
    'uploader': lambda value: text(value, 200),
    'live_status': text,
}
# Of the list, in this order: before any entry, and where a single one is too much.
MISSED_LEAST = ('description', 'thumbnail')
# More of a list is not kept in memory, whatever is asked for.
CHOSEN_MAX = 5000
MISSED_MORE = ('channel_url', 'channel', 'uploader', 'webpage_url')


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


def chosen_of(ydl, listed, wanted):
    """A record with `_type` `listing`, without its entries, and `chosen`: the entries that are wanted, in the order in which they are named.

    `wanted`: `items`, in yt-dlp's words for it (None: all), and `max`.
    """
    entries = PlaylistEntries(ydl, {**listed, 'entries': listed.get('entries') or []})
    chosen = {}
    for part in PlaylistEntries.parse_playlist_items(wanted['items'] or ':'):
        for index, each in entries[part]:
            if isinstance(each, dict):
                chosen.setdefault(index, _chosen(index, each))
            if len(chosen) >= min(wanted['max'], CHOSEN_MAX):
                return _listing(ydl, listed, entries, list(chosen.values()))
    return _listing(ydl, listed, entries, list(chosen.values()))


def reported_in_parts(chosen):
    """Lists of entries, each of which fits into one event."""
    part, size = [], 0
    for entry in chosen:
        length = len(json.dumps(entry)) + 2
        if part and size + length > DESCRIBED_BYTES_MAX:
            yield part
            part, size = [], 0
        part.append(entry)
        size += length
    if part:
        yield part


def described_listing(record):
    """Cut until it fits: what the list says of itself first, then entries from the end; the next page begins with what was cut.

    The first entry always stays, or who reads page after page would never get further.
    """
    reported = {key: read(record.get(key)) for key, read in VIDEO_FIELDS.items()}
    description = record.get('description')
    is_cut = isinstance(description, str) and len(description) > DESCRIPTION_LENGTH_MAX
    reported.update(formats=[], shortened=is_cut, playlist_count=record['playlist_count'])
    reported.update(entries=record['entries'], entries_next=record['entries_next'])
    _drop(reported, reported, MISSED_LEAST)
    while _is_too_long(reported) and len(reported['entries']) > 1:
        reported['shortened'] = True
        cut = max(1, len(reported['entries']) // 8)
        reported['entries_next'] = reported['entries'][-cut]['index']
        del reported['entries'][-cut:]
    _drop(reported, reported, MISSED_MORE)
    for entry in reported['entries']:
        # The rest is bounded by its fields.
        _drop(reported, entry, ('uploader', 'url'))
    return reported


def _listing(ydl, listed, entries, chosen):
    return {
        **{key: listed.get(key) for key in VIDEO_FIELDS},
        '_type': 'listing',
        'playlist_count': number(listed.get('playlist_count') or entries.get_full_count()),
        'entries': [],
        'entries_next': None,
        'chosen': chosen,
    }


def _chosen(index, each):
    """What a playlist needs of an entry; always small enough for one event."""
    entry = _entry(index, each)
    reported = {key: entry[key] for key in ('index', 'title', 'url')}
    if len(json.dumps(reported)) > DESCRIBED_BYTES_MAX // 2:
        reported['url'] = None
    return reported


def _drop(reported, record, fields):
    """Empties fields of a record in what is reported, one after the other, until all of it fits."""
    for field in fields:
        if not _is_too_long(reported):
            return
        record[field] = None
        reported['shortened'] = True


def _is_too_long(reported):
    return len(json.dumps(reported)) > DESCRIBED_BYTES_MAX


def _entry(index, each):
    address = without_notes(each.get('url') or each.get('webpage_url'))
    return {
        'index': index,
        **{key: read(each.get(key)) for key, read in ENTRY_FIELDS.items()},
        # One that is too long to be whole would lead elsewhere.
        'url': text(address, 4096) if address and len(address) <= 4096 else None,
    }
