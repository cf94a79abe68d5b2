"""The sites that yt-dlp knows, as its own extractors describe them: a site may still change overnight."""
import collections
import os
import urllib.parse

# Lazy classes carry no tests, and the tests are where the domains stand. Read when the extractors are imported.
os.environ['YTDLP_NO_LAZY_EXTRACTORS'] = '1'

from yt_dlp.extractor import gen_extractor_classes
from yt_dlp.extractor.generic import GenericIE
from yt_dlp.extractor.unsupported import KnownDRMIE, KnownPiracyIE

ADULT_AGE = 18
FIRST = (('YouTube', 'youtube.com'), ('Vimeo', 'vimeo.com'), ('Dailymotion', 'dailymotion.com'))
SECOND_LEVELS = frozenset('ac co com edu gob gov go ne net or org'.split())
GENERIC = {
    'name': 'Generic', 'domain': '*', 'support_level': 'generic',
    'reason': 'Other pages work where a video file, a stream, or its description lies open in the page.',
}
NO_JAVASCRIPT = 'No JavaScript runtime is installed, so some formats are missing.'


def platforms(javascript):
    """A list of {name, domain, support_level, reason?}: the documented three, then all others by name, then Generic."""
    sites = _sites()
    first = [_described(name, domain, sites.pop(domain), documented=True, javascript=javascript or name != 'YouTube')
             for name, domain in FIRST]
    others = [_described(_name(domain, extractors), domain, extractors)
              for domain, extractors in sites.items() if not _is_adult(extractors)]
    return [*first, *sorted(others, key=lambda each: each['name'].lower()), GENERIC]


def _sites():
    """Extractors by domain. Names are looked at first: what belongs together by name often has tests elsewhere."""
    families = collections.defaultdict(list)
    for extractor in gen_extractor_classes():
        if extractor.IE_DESC is not False and extractor not in (GenericIE, KnownDRMIE, KnownPiracyIE):
            families[extractor.IE_NAME.partition(':')[0].lower()].append(extractor)
    sites = collections.defaultdict(list)
    for extractors in families.values():
        if domain := _domain(extractors):
            sites[domain].extend(extractors)
    return sites


def _is_adult(extractors):
    """Sites for adults are left out: those where a third of the videos that yt-dlp tests with are."""
    ages = [test['info_dict'].get('age_limit') or 0 for extractor in extractors
            for test in extractor.get_testcases() if 'id' in (test.get('info_dict') or {}) and 'playlist_mincount' not in test]
    return sum(age >= ADULT_AGE for age in ages) * 3 >= len(ages) > 0


def _described(name, domain, extractors, documented=False, javascript=True):
    level, reason = _support(extractors, documented, javascript)
    return {'name': name, 'domain': domain, 'support_level': level, **({'reason': reason} if reason else {})}


def _support(extractors, documented, javascript):
    working = [extractor for extractor in extractors if extractor.working()]
    if not working:
        return 'broken', 'The site has changed, and yt-dlp cannot read it at the moment.'
    if not javascript:
        return 'partial', NO_JAVASCRIPT
    if documented:
        return 'full', None
    if all(extractor._RETURN_TYPE == 'playlist' for extractor in working):
        return 'partial', 'Only lists of videos are known; the first video of a list is used.'
    if any(extractor._NETRC_MACHINE for extractor in working):
        return 'partial', 'Videos that need an account are not available.'
    if len(working) < len(extractors):
        return 'partial', 'Some kinds of pages of this site cannot be read at the moment.'
    return 'full', None


def _name(domain, extractors):
    """The spelling of the classes where it is the domain's (`TwitchVod` belongs to `Twitch`), else the shortest name."""
    label = domain.partition('.')[0].replace('-', '')
    keys = sorted((extractor.ie_key() for extractor in extractors), key=len)
    return next((key[:len(label)] for key in keys if key.lower().startswith(label)), keys[0])


def _domain(extractors):
    """The domain that most of the test addresses share; None where a site has no address of its own."""
    hosts = (urllib.parse.urlsplit(test['url']).hostname
             for extractor in extractors for test in extractor.get_testcases(include_onlymatching=True)
             if test['url'].startswith(('http://', 'https://')))
    domains = [_registrable(host) for host in hosts if host and '.' in host and not host.endswith('.onion')]
    return collections.Counter(domains).most_common(1)[0][0] if domains else None


def _registrable(host):
    labels = host.split('.')
    length = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVELS else 2
    return '.'.join(labels[-length:])
