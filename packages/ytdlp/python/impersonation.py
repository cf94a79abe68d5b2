"""Asks as a browser where a source refuses Python: it checks who asks by the form of the first words of TLS and HTTP/2.

Extractors that know their site ask so by themselves. For all others the source says it: what it answered with 403 is asked
for once more, and where that helps, all that this job asks of that host later is asked so at once.
"""
import urllib.parse

from yt_dlp.networking.exceptions import HTTPError, RequestError
from yt_dlp.networking.impersonate import ImpersonateTarget

FORBIDDEN = 403
# What changes nothing at the source may be asked for twice.
REPEATABLE = ('GET', 'HEAD')
# The header by which the egress proxy marks its own refusals.
PROXY_MARK = 'X-Egress'


def ask_as_browser_where_refused(ydl):
    """Where there is nothing to imitate a browser with, nothing changes. Call it after `hold_to_proxy`, which sees both."""
    if not ydl._impersonate_target_available(ImpersonateTarget()):
        return
    director = ydl._request_director
    send, hosts = director.send, _Hosts()

    def send_as_known(request):
        if not _may_be_repeated(request) or hosts.serves_nobody(request):
            return send(request)
        if hosts.serves_browsers(request):
            return send(_as_browser(request))
        try:
            return send(request.copy())
        except HTTPError as error:
            if error.status != FORBIDDEN or error.response.headers.get(PROXY_MARK):
                raise
            return _ask_again(request, error)

    def _ask_again(request, refusal):
        try:
            response = send(_as_browser(request))
        except HTTPError as error:
            if error.status == FORBIDDEN:
                hosts.served(request, False)
            raise error from refusal
        except RequestError:
            raise refusal from None
        hosts.served(request, True)
        return response

    director.send = send_as_known


class _Hosts:
    """What each host did when it was asked as a browser. A source can name many, but each costs it a request."""

    def __init__(self):
        self._served = {}

    def served(self, request, was_served):
        self._served[_host(request)] = was_served

    def serves_browsers(self, request):
        return self._served.get(_host(request)) is True

    def serves_nobody(self, request):
        return self._served.get(_host(request)) is False


def _host(request):
    return urllib.parse.urlsplit(request.url).netloc


def _may_be_repeated(request):
    return request.method in REPEATABLE and request.data is None and request.extensions.get('impersonate') is None


def _as_browser(request):
    copy = request.copy()
    copy.extensions['impersonate'] = ImpersonateTarget()
    return copy
