"""Which extractor takes an address, found by the words that an address must hold for each of them.

yt-dlp asks 1700 classes one after another. That is a quarter of a small job, most of it spent on the memory that all jobs
share until one of them touches it.
"""
from re import Pattern
from re import _constants as nodes
from re import _parser as parser

from yt_dlp.extractor.common import InfoExtractor

# A word and the key of an extractor, in the order in which yt-dlp asks; None: nothing is indexed, and yt-dlp asks all.
_index = None


def index_extractors(extractors):
    """`extractors`: key to class, in order. Once, before any job."""
    global _index
    _index = [(word, key) for key, extractor in extractors.items() for word in _words_of(extractor)]


def extractor_for(ydl, url):
    """Its key: of the first one that takes the address, as yt-dlp would find it. None where none is found, and yt-dlp must look."""
    # Letters beyond ASCII may equal one of ASCII when case is ignored.
    if _index is None or not url.isascii():
        return None
    address = url.lower()
    known = ydl._ies
    return next((key for word, key in _index if word in address and key in known and known[key].suitable(url)), None)


def _words_of(extractor):
    """One for each pattern; the empty one, which every address holds, where the extractor has to be asked."""
    try:
        patterns = _patterns_of(extractor)
        words = [''] if patterns is None else [needed_word(each) for each in patterns]
    except Exception:
        # One that is made otherwise than all others must not keep yt-dlp from being used.
        words = ['']
    return [''] if '' in words else words


def _patterns_of(extractor):
    """None where they do not decide alone."""
    usual = all(getattr(extractor, name).__func__ is getattr(InfoExtractor, name).__func__
                for name in ('suitable', '_match_valid_url'))
    if not usual:
        return None
    if extractor._VALID_URL is False:
        # It takes no address.
        return ()
    # They are compiled when it is asked for the first time.
    extractor.suitable('')
    patterns = extractor.__dict__.get('_VALID_URL_RE')
    is_known = isinstance(patterns, tuple) and all(isinstance(each, Pattern) for each in patterns)
    return patterns if is_known else None


def needed_word(pattern):
    """The longest word, in small letters, that every text which matches must hold; empty where there is none."""
    return max(_words(parser.parse(pattern.pattern, pattern.flags)), key=len).lower()


def _words(tree):
    """What stands in each match: letters in a row, also inside of groups that cannot be left out."""
    word = ''
    for kind, value in tree:
        if kind is nodes.LITERAL and value < 128:
            word += chr(value)
            continue
        yield word
        word = ''
        if kind is nodes.SUBPATTERN:
            yield from _words(value[3])
        elif kind is nodes.ATOMIC_GROUP:
            yield from _words(value)
        elif kind in (nodes.MAX_REPEAT, nodes.MIN_REPEAT, nodes.POSSESSIVE_REPEAT) and value[0] > 0:
            yield from _words(value[2])
    yield word
