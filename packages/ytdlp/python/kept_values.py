"""Small public values that a site gives to every visitor, and that the worker keeps. A job reads them and never writes one."""


class KeptValues:
    """A part of `KeptCache`. `kept`: of each kind its kind, section, key, and value (None: there is none)."""

    def __init__(self, kept, events):
        self._kept = {(each['section'], each['key']): each for each in kept}
        self._events = events
        self._reported = set()

    def load(self, section, key):
        known = self._kept.get((section, key))
        return known and known['value']

    def store(self, section, key, data):
        """Called with what the extractor found by itself, as there was none, or the site refused it; before, with None."""
        known = self._kept.get((section, key))
        if known is None or data is None or known['kind'] in self._reported:
            return
        self._reported.add(known['kind'])
        self._events.emit('missed', kind=known['kind'])
