"""Players that the worker keeps prepared. A job reads them, checks what it reads, and never writes one.

yt-dlp would keep them in its cache, together with what it got from the source: whoever may write there decides what others
run. So a job only tells the address of a player that is not kept, and the worker has it prepared (`prepare.py`).
"""
import hashlib
import os

from yt_dlp.cache import Cache
from yt_dlp.extractor.youtube.jsc._builtin.ejs import EJSBaseJCP

from events import text

SECTION = EJSBaseJCP._CACHE_SECTION
NAME = 'player:'
BYTES_MAX = 16 * 2**20
DIGEST_LENGTH = 64


def use_kept_players(ydl, kept, events):
    """`kept`: folder, and known: the digest of each player's file, by the address of the player. None: there are none."""
    if kept is None:
        return
    EJSBaseJCP._ENABLE_PREPROCESSED_PLAYER_CACHE = True
    ydl.cache = KeptPlayers(ydl, kept, events)


class KeptPlayers(Cache):
    """In the place of yt-dlp's cache: it gives kept players, and takes nothing."""

    def __init__(self, ydl, kept, events):
        super().__init__(ydl)
        self._kept = kept
        self._events = events
        self._is_reported = False

    @property
    def enabled(self):
        return False

    def load(self, section, key, dtype='json', default=None, *, min_ver=None):
        if section != SECTION or not key.startswith(NAME):
            return default
        return _content_of(self._kept, key.removeprefix(NAME)) or default

    def store(self, section, key, data, dtype='json'):
        """Called when a player was solved from its source. What it became is not passed on."""
        if section != SECTION or not key.startswith(NAME) or self._is_reported:
            return
        self._is_reported = True
        self._events.emit('player', address=text(key.removeprefix(NAME)))


def _content_of(kept, address):
    """None where the file is not there any more, or is not what the worker made."""
    digest = kept['known'].get(address)
    if not isinstance(digest, str) or len(digest) != DIGEST_LENGTH or not digest.isalnum():
        return None
    try:
        with open(os.path.join(kept['folder'], f'{digest}.js'), 'rb') as file:
            content = file.read(BYTES_MAX + 1)
    except OSError:
        return None
    return content.decode('utf-8') if hashlib.sha256(content).hexdigest() == digest else None
