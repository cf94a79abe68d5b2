"""Ids of formats: what is listed can be asked for, is found by its digest, and has a short name on the disk.

The source gives an id, as the name of a track in HLS. So it may hold anything, at any length, and two ids may look alike.
"""
import hashlib
import re

from events import is_hidden

# In characters. `packages/contracts/src/jobs.ts` accepts as many.
LISTED_LENGTH_MAX = 200
# A name on the disk also holds the name of the video, of a fragment, and two extensions.
FILE_NAME_PART = re.compile(r'[A-Za-z0-9_.+-]{1,60}')


def listed_id(format_id):
    """The id as it is notified: without control characters, and not too long. Where that changes it, a digest keeps it apart."""
    shown = ''.join('_' if is_hidden(letter) else letter for letter in format_id[:LISTED_LENGTH_MAX])
    if shown == format_id:
        return shown
    return f'{shown[:LISTED_LENGTH_MAX - 9]}~{_digest(format_id)[:8]}'


def mark(formats):
    """Gives each format the key that `selectorOf` of `src/argv.ts` looks for: the digest of the id as it is notified."""
    for each in formats:
        each['format_key'] = _digest(listed_id(str(each.get('format_id'))))


def shorten(info):
    """Replaces the ids of what is about to be downloaded by names of files: the same in each attempt, and never too long."""
    info['format_id'] = _file_name_part(info.get('format_id'))
    if info.get('requested_formats'):
        info['requested_formats'] = [
            {**each, 'format_id': _file_name_part(each.get('format_id'))} for each in info['requested_formats']]


def _file_name_part(format_id):
    text = str(format_id)
    return text if FILE_NAME_PART.fullmatch(text) else _digest(text)[:16]


def _digest(text):
    return hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()
