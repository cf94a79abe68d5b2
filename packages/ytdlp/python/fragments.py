"""Makes a download in fragments continue exactly where it was killed.

yt-dlp appends a fragment to the file and then writes down that it did. Killed between the two, it would append that
fragment again; killed while it writes, it would begin anew at the end of what is there. So the note is replaced in one
step, and says how long the file was.
"""
import contextlib
import json
import os

from yt_dlp.downloader.fragment import FragmentFD


def continue_exactly():
    """Replaces the two methods of yt-dlp that keep and read the note."""
    prepare = FragmentFD._prepare_frag_download

    def prepare_exactly(self, ctx):
        _align(self.temp_name(ctx['filename']), self.ytdl_filename(ctx['filename']))
        return prepare(self, ctx)

    FragmentFD._prepare_frag_download = prepare_exactly
    FragmentFD._write_ytdl_file = _write_note


def _align(part, note):
    """Cuts the file back to what the note vouches for, or removes both where the note vouches for nothing."""
    with contextlib.suppress(FileNotFoundError):
        try:
            with open(note, encoding='ascii') as file:
                length = json.load(file)['downloader']['length']
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            length = None
        if length is not None and os.path.getsize(part) >= length:
            os.truncate(part, length)
            return
    for path in (part, note):
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)


def _write_note(self, ctx):
    note = self.ytdl_filename(ctx['filename'])
    downloader = {'current_fragment': {'index': ctx['fragment_index']}, 'length': self.filesize_or_none(ctx['tmpfilename']) or 0}
    if 'extra_state' in ctx:
        downloader['extra_state'] = ctx['extra_state']
    draft = f'{note}.draft'
    with open(draft, 'w', encoding='ascii') as file:
        json.dump({'downloader': downloader}, file)
    os.replace(draft, note)
