"""Puts the periods of a DASH manifest together, and nothing else (ISO/IEC 23009-1, 5.3.2).

yt-dlp puts formats together that have all facts in common but their id. Across periods that is the same track, which goes
on. Within one period it is another track, which differs in what yt-dlp does not read, as its role: the second would be
played after the first.

The times of a period begin anew in its segments. One after the other they overlap, and a player shows the last one only, so
a track that goes on says how many periods it has and how long all of them are.
"""
import functools
from collections import Counter

from yt_dlp.extractor.common import InfoExtractor

NOT_COMPARED = ('format_id', 'fragments', 'manifest_stream_number')


@functools.cache
def keep_tracks_apart():
    InfoExtractor._merge_mpd_periods = _merge_periods


def _merge_periods(self, periods):
    """`formats` and `subtitles` of all periods; each format also with `dash_periods` and `dash_seconds` (None: not said)."""
    formats, subtitles = {}, {}
    seconds = []
    for period in periods:
        seen = Counter()
        for each in period['formats']:
            each['is_dash_periods'] = True
            facts = tuple((key, str(value)) for key, value in each.items() if key not in NOT_COMPARED)
            track = (facts, seen[facts])
            seen[facts] += 1
            if track not in formats:
                formats[track] = {**each, 'dash_periods': 1}
            elif 'fragments' in each:
                formats[track]['fragments'] = [*formats[track].get('fragments', []), *each['fragments']]
                formats[track]['dash_periods'] += 1
        seconds.append(max((_seconds_of(each) for each in period['formats']), default=0))
        for language, tracks in period['subtitles'].items():
            subtitles.setdefault(language, []).extend(tracks)
    for each in formats.values():
        each['dash_seconds'] = sum(seconds) if all(seconds) else None
    return list(formats.values()), subtitles


def _seconds_of(each):
    return sum(fragment.get('duration') or 0 for fragment in each.get('fragments') or [])
