"""Makes a download continue exactly where it was killed. Three gaps of yt-dlp's own continuing are closed.

It appends a fragment to the file and then writes down that it did. Killed between the two, it would append that
fragment again; killed while it writes, it would begin anew at the end of what is there. So the note is replaced in one
step, and says how long the file was.

Where several fragments are fetched at once, it notes how many have been fetched, which may be more than have been
appended. The name of the fragment that is being appended tells which one it is.

A file that is whole but not yet renamed is answered with 416. yt-dlp then asks for all of it, to compare the length,
but its requests share their headers, so that the range is sent again, and refused again.
"""
import contextlib
import functools
import json
import os
import re

from yt_dlp.downloader.fragment import FragmentFD
from yt_dlp.networking import Request
from yt_dlp.utils.networking import HTTPHeaderDict


@functools.cache
def continue_exactly():
    """Replaces the methods of yt-dlp that keep and read the note, and the sharing of headers. Once: they would nest."""
    prepare = FragmentFD._prepare_frag_download
    headers = Request.headers

    def prepare_exactly(self, ctx):
        _align(self.temp_name(ctx['filename']), self.ytdl_filename(ctx['filename']))
        return prepare(self, ctx)

    def own_headers(self, given):
        headers.fset(self, HTTPHeaderDict(given.sensitive() if isinstance(given, HTTPHeaderDict) else given))

    FragmentFD._prepare_frag_download = prepare_exactly
    FragmentFD._write_ytdl_file = _write_note
    Request.headers = property(headers.fget, own_headers)


def _align(part, note):
    """Cuts the file back to what the note vouches for, or removes both where the note vouches for nothing."""
    with contextlib.suppress(FileNotFoundError):
        try:
            with open(note, encoding='ascii') as file:
                length = json.load(file)['downloader']['length']
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            length = None
        if length is not None and os.path.getsize(part) >= length:
            # By its descriptor: cutting a file by its path is refused, as old versions of Landlock do not know it.
            with open(part, 'r+b') as file:
                file.truncate(length)
            return
    for path in (part, note):
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)


def _appended(ctx):
    """The last fragment in the file. yt-dlp's own count is set by every thread that has fetched one."""
    being_appended = re.search(r'-Frag(\d+)$', ctx.get('fragment_filename_sanitized') or '')
    return int(being_appended[1]) if being_appended else ctx['fragment_index']


def _write_note(self, ctx):
    note = self.ytdl_filename(ctx['filename'])
    length = self.filesize_or_none(ctx['tmpfilename']) or 0
    downloader = {'current_fragment': {'index': _appended(ctx)}, 'length': length}
    if 'extra_state' in ctx:
        downloader['extra_state'] = ctx['extra_state']
    draft = f'{note}.draft'
    with open(draft, 'w', encoding='ascii') as file:
        json.dump({'downloader': downloader}, file)
    os.replace(draft, note)
