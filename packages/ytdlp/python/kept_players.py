"""Players that the worker keeps prepared. A job reads them, checks what it reads, and never writes one."""
import hashlib
import os
import stat

from yt_dlp.extractor.youtube.jsc._builtin.ejs import EJSBaseJCP

from events import text

SECTION = EJSBaseJCP._CACHE_SECTION
NAME = 'player:'
BYTES_MAX = 16 * 2**20
DIGEST_LENGTH = 64


def ask_for_players():
    """Has yt-dlp look into its cache before it solves from a source."""
    EJSBaseJCP._ENABLE_PREPROCESSED_PLAYER_CACHE = True


class KeptPlayers:
    """A part of `KeptCache`. `kept`: folder, and known: the digest of each player's file, by the address of the player."""

    def __init__(self, kept, events):
        self._kept = kept
        self._events = events
        self._is_reported = False

    def load(self, section, key):
        if section != SECTION or not key.startswith(NAME):
            return None
        return content_of(self._kept, key.removeprefix(NAME)) or None

    def store(self, section, key, data):
        """Called when a player was solved from its source. What it became is not passed on."""
        if section != SECTION or not key.startswith(NAME) or self._is_reported:
            return
        self._is_reported = True
        self._events.emit('player', address=text(key.removeprefix(NAME)))


def content_of(kept, address):
    """None where the file is not there any more, or is not what the worker made."""
    digest = kept['known'].get(address)
    if not isinstance(digest, str) or len(digest) != DIGEST_LENGTH or not digest.isalnum():
        return None
    try:
        content = _bounded(os.path.join(kept['folder'], f'{digest}.js'))
    except OSError:
        return None
    return content.decode('utf-8') if hashlib.sha256(content).hexdigest() == digest else None


def _bounded(path):
    """Empty for what is no file, and no more than a player can have. No link is followed, and no pipe is waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, 'rb') as file:
        return file.read(BYTES_MAX) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b''
