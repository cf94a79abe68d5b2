"""Finds a value that a site gives to every visitor, for the worker, in a process that is given nothing of any job.

The site's own extractor does it, as it does within a job, when it is initialised: nothing that a client sent is looked at.
"""
from yt_dlp.utils import YoutubeDLError

from kept_cache import KeptCache
from patches import KEPT_CACHE, KEPT_VALUES, fits
from safe_ydl import prepare

LENGTH_MAX = 500


class NoValue(YoutubeDLError):
    """The extractor was initialised and found none, or this yt-dlp does it otherwise."""

    msg = 'No value was found'


class Found:
    """A part of `KeptCache` that has nothing, and takes one value."""

    def __init__(self, section, key):
        self._name = (section, key)
        self.value = None

    def load(self, section, key):
        return None

    def store(self, section, key, data):
        if (section, key) == self._name and isinstance(data, str) and len(data) <= LENGTH_MAX:
            self.value = data


def find_value(settings, argv, events):
    """`value` of the settings: extractor (its name), section and key."""
    if not (fits(KEPT_CACHE) and fits(KEPT_VALUES)):
        raise NoValue
    wanted = settings['value']
    ydl, _ = prepare(argv, events)
    found = Found(wanted['section'], wanted['key'])
    ydl.cache = KeptCache(ydl, [found])
    ydl.get_info_extractor(wanted['extractor']).initialize()
    if found.value is None:
        raise NoValue
    events.emit('value', value=found.value)
    return 0
