"""A provider of PO tokens for YouTube: it asks one fixed name, and the egress proxy passes the question on to the operator's service.

The question holds nothing of how this job reaches out: the proxy's address holds the job's credentials. Which exit the service is
to use, the egress proxy says. Tokens and visitor data stand in no event: they are hidden as cookies are.
"""
import base64
import json
import urllib.parse

from yt_dlp.extractor.youtube.pot.provider import (
    PoTokenContext,
    PoTokenProvider,
    PoTokenProviderError,
    PoTokenProviderRejectedRequest,
    PoTokenResponse,
    register_provider,
)
from yt_dlp.extractor.youtube.pot.utils import WEBPO_CLIENTS, get_webpo_content_binding
from yt_dlp.networking import Request
from yt_dlp.networking.exceptions import RequestError

# Longer than the egress proxy gives the question and the service together.
TIMEOUT_SECONDS = 20
ANSWER_BYTES_MAX = 16 * 1024
# What the egress proxy takes of one.
TEXT_LENGTH_MAX = 1024
# `src/warnings.ts` knows the word that yt-dlp puts in front: Error fetching PO Token.
NO_TOKEN = 'the provider of the service gave none'


def ask_at(address, events):
    """Once in a process, which does one job."""
    OperatorPTP.address = address
    OperatorPTP.events = events
    register_provider(OperatorPTP)


class OperatorPTP(PoTokenProvider):
    PROVIDER_VERSION = '1'
    _SUPPORTED_CLIENTS = WEBPO_CLIENTS
    _SUPPORTED_CONTEXTS = tuple(PoTokenContext)
    # This process asks nobody but the proxy.
    _SUPPORTED_EXTERNAL_REQUEST_FEATURES = None
    address = None
    events = None
    # yt-dlp asks again for each format, and a service that does not answer would cost each of them the whole time.
    _has_failed = False

    def is_available(self):
        return not self._has_failed

    def _real_request_pot(self, request):
        binding, _ = get_webpo_content_binding(request)
        if not binding:
            raise PoTokenProviderRejectedRequest('There is nothing that a token could be for.')
        client = _texts_of(request)
        # A client may have a page of its own, with visitor data of its own.
        self._hide(request.visitor_data, request.data_sync_id, client.get('visitorData'))
        ydl = self.ie._downloader
        try:
            token = self._ask({'content_binding': binding, 'innertube_context': {'client': client}})
        except (RequestError, ValueError, KeyError, TypeError):
            self._has_failed = True
            # What was found out lacks formats that there will be again.
            ydl.lacks_tokens = True
            raise PoTokenProviderError(NO_TOKEN, expected=True) from None
        secret = token.rstrip('=')
        self._hide(secret)
        # An address with it is of use to this session alone, and is not kept for others.
        ydl.tokens.append(secret)
        return PoTokenResponse(token)

    def _ask(self, question):
        body = json.dumps(question).encode('ascii')
        # The egress proxy answers nobody without the second one: no page and no redirect can make yt-dlp send it.
        headers = {'Content-Type': 'application/json', 'X-PO-Token': '1'}
        extensions = {'timeout': TIMEOUT_SECONDS}
        with self._request_webpage(
                Request(f'{self.address}/get_pot', data=body, headers=headers, extensions=extensions), note=False) as response:
            token = json.loads(response.read(ANSWER_BYTES_MAX))['poToken']
        # As yt-dlp writes it into addresses, so that it is found there. One that yt-dlp would not take, it would print.
        written = urllib.parse.unquote(token).translate(str.maketrans('+/', '-_'))
        return base64.urlsafe_b64encode(base64.urlsafe_b64decode(written)).decode('ascii')

    def _hide(self, *secrets):
        known = [each for each in secrets if each]
        self.events.hide([*known, *map(urllib.parse.unquote, known)])


def _texts_of(request):
    client = (request.innertube_context or {}).get('client') or {}
    return {name: value for name, value in client.items() if isinstance(value, str) and len(value) <= TEXT_LENGTH_MAX}
