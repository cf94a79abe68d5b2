"""What the runner says to the worker: one JSON object a line, on a descriptor that no child and no page can reach."""
import json
import math
import os
import re
import threading

TEXT_LENGTH_MAX = 500
# Control characters, line and paragraph separators, halves of surrogate pairs, and what changes the direction of text
# (Unicode, UAX 9). Nothing else: joiners and variation selectors are part of words and emoji, and a character that this
# Python does not know yet is one that a client may know.
HIDDEN = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')

# The shortest value that is taken for a secret.
SECRET_LENGTH_MIN = 8
HIDDEN_SECRET = '***'
# Paths of files of ours, which must not be changed, and figures. What a source names in them has gone through `text`.
OWN_EVENTS = {'started', 'file', 'beside', 'progress', 'encoding', 'postprocess', 'end'}


# Of this process, which works for one job; the longest first, since a shorter one may be a part of it. Replaced and never
# changed: other threads go through it.
_secrets = ()


def without_secrets(message):
    for secret in _secrets:
        message = message.replace(secret, HIDDEN_SECRET)
    return message


def cut(value, length_max):
    """The beginning of a text from a source. Secrets are hidden before it is cut, so that no part of one stands at its end."""
    if not _secrets:
        return value[:length_max]
    longest = len(_secrets[0])
    near = value[:length_max + longest]
    hidden = without_secrets(near)
    # What was left behind here may have begun in what is left.
    if len(near) < len(value):
        hidden = hidden[:max(len(hidden) - longest + 1, 0)]
    return hidden[:length_max]


def text(value, length_max=TEXT_LENGTH_MAX):
    """Text from a source, cut to a length and on one line; None for anything that is not text."""
    if not isinstance(value, str):
        return None
    return HIDDEN.sub(' ', cut(value, length_max))


def is_hidden(letter):
    return HIDDEN.match(letter) is not None


def number(value):
    """A finite number, or None: JSON knows neither NaN nor infinity, and a source can make yt-dlp compute either."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if math.isfinite(value) and abs(value) < 2**53 else None


class Events:
    """Writes events. Fragments are fetched by several threads, so a lock keeps the lines whole."""

    def __init__(self, descriptor):
        # ffmpeg and JavaScript runtimes are started later; without this they could write events themselves.
        os.set_inheritable(descriptor, False)
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def hide(self, values):
        """From now on these stand in no event, whatever a source repeats. Short ones may be parts of words, and are left."""
        global _secrets
        known = {*_secrets, *(value for value in values if len(value) >= SECRET_LENGTH_MIN)}
        _secrets = tuple(sorted(known, key=len, reverse=True))

    def without_secrets(self, message):
        return without_secrets(message)

    def emit(self, event, **fields):
        """Sends one event. A worker that is gone ends the job: there is nobody left to work for."""
        if _secrets and event not in OWN_EVENTS:
            fields = _mapped(fields, without_secrets)
        line = json.dumps({'event': event, **fields}, allow_nan=False).encode('ascii') + b'\n'
        with self._lock:
            view = memoryview(line)
            while view:
                try:
                    view = view[os.write(self._descriptor, view):]
                except BrokenPipeError:
                    os._exit(1)


def _mapped(value, change):
    """The same value, with each text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(each, change) for key, each in value.items()}
    return [_mapped(each, change) for each in value] if isinstance(value, (list, tuple)) else value
