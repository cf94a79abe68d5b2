"""How yt-dlp asks for anything is ours to say: through the job's proxy, and with nothing that a page has smuggled in."""
import functools
import sys

from yt_dlp import utils
from yt_dlp.utils import DownloadCancelled, _utils

# Takes precedence over every proxy in yt-dlp, and is a header like others to whoever names headers.
PROXY_HEADER = 'Ytdl-Request-Proxy'
MARK = '#__youtubedl_smuggle'


class ProxyRefused(DownloadCancelled):
    """A request would leave by another way than the job's proxy."""

    msg = 'A request would not leave through the proxy'


class SmuggledData(DownloadCancelled):
    """An address holds data that only yt-dlp's own extractors may pass to each other."""

    msg = 'The address holds data that it must not hold'


def hold_to_proxy(ydl):
    """Drops whatever a request says of proxies, and refuses it where what is left is not the job's own."""
    director = ydl._request_director
    ours, send = {'all': ydl.params['proxy']}, director.send

    def through_ours(request):
        request.headers.pop(PROXY_HEADER, None)
        request.proxies = {}
        if any(handler.proxies != ours for handler in director.handlers.values()):
            raise ProxyRefused
        return send(request)

    director.send = through_ours


@functools.cache
def refuse_smuggled_data():
    """Has yt-dlp read from an address only such data as it has put there itself in this process.

    Its extractors pass each other ids, headers and more behind a mark in the address, and a page can name any address.
    Both functions are bound by name in every module that uses them. Once: it would nest.
    """
    made = set()
    smuggle, unsmuggle = _utils.smuggle_url, _utils.unsmuggle_url

    def smuggle_url(url, data):
        smuggled = smuggle(url, data)
        made.add(smuggled.rpartition('#')[2])
        return smuggled

    def unsmuggle_url(smug_url, default=None):
        if MARK in smug_url and smug_url.rpartition('#')[2] not in made:
            raise SmuggledData
        return unsmuggle(smug_url, default)

    for module in [utils, *(module for name, module in sys.modules.items() if name.startswith('yt_dlp.'))]:
        for original, ours in ((smuggle, smuggle_url), (unsmuggle, unsmuggle_url)):
            if vars(module).get(original.__name__) is original:
                setattr(module, original.__name__, ours)
