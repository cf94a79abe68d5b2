"""In the place of yt-dlp's cache: it gives what its parts have, and writes nothing anywhere."""
from yt_dlp.cache import Cache


class KeptCache(Cache):
    """`parts`: each has `load(section, key)`, None for what it does not have, and `store(section, key, data)`."""

    def __init__(self, ydl, parts):
        super().__init__(ydl)
        self._parts = parts

    @property
    def enabled(self):
        return False

    def load(self, section, key, dtype='json', default=None, *, min_ver=None):
        for part in self._parts:
            found = part.load(section, key)
            if found is not None:
                return found
        return default

    def store(self, section, key, data, dtype='json'):
        """Called when yt-dlp has found something by itself. What it found is not passed on."""
        for part in self._parts:
            part.store(section, key, data)
