"""Turns an exception into facts: its whole chain of causes, with what each link knows."""
import re
import ssl

from events import number, text

CHAIN_LENGTH_MAX = 12
# CURLE_UNSUPPORTED_PROTOCOL and CURLE_URL_MALFORMAT: a redirect led to what is no address of http.
NO_ADDRESS = (1, 3)
TLS_REASON = re.compile(r'OPENSSL_internal:([A-Z0-9_]{1,100})')


def chain_of(error):
    """Describes an exception and everything that led to it, outermost first.

    yt-dlp keeps causes at four points: `.cause`, `.exc_info[1]`, and Python's own `__cause__` and `__context__`. The
    same exception is often reachable by several of them.
    """
    links, waiting, seen = [], [error], set()
    while waiting and len(links) < CHAIN_LENGTH_MAX:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        links.append(_describe(link))
        exc_info = getattr(link, 'exc_info', None)
        following = [
            getattr(link, 'cause', None),
            exc_info[1] if isinstance(exc_info, tuple) and len(exc_info) == 3 else None,
            link.__cause__,
            link.__context__,
        ]
        waiting.extend(cause for cause in following if isinstance(cause, BaseException))
    return links


def _describe(error):
    facts = {
        'class': type(error).__name__,
        'expected': error.expected if isinstance(getattr(error, 'expected', None), bool) else None,
        'extractor': text(getattr(error, 'ie', None), 100),
        'status': number(getattr(error, 'status', None)),
        # An error of TLS has a number of its own there, which stands for another thing.
        'errno': None if isinstance(error, ssl.SSLError) else number(getattr(error, 'errno', None)),
        # Without extractor and id, which are the source's to choose.
        'message': text(getattr(error, 'orig_msg', None)),
        'video_id': text(getattr(error, 'video_id', None)),
        'tls': _tls_reason(error),
        'countries': [text(str(country), 10) for country in list(getattr(error, 'countries', None) or [])[:20]] or None,
        'retry_after': _retry_after(error),
        # Of a stream that has not begun, in epoch seconds.
        'starts_at': number(getattr(error, 'starts_at', None)),
        'refused': _proxy_says(error, 'denied', '403 egress denied') or None,
        # What was asked for is no address: the proxy could not read it, or curl.
        'no_address': _proxy_says(error, 'bad_request', '400 bad proxy request') or _curl_code(error) in NO_ADDRESS or None,
        'challenged': _is_challenge(error) or None,
        'postprocessing': _was_postprocessing(error) or None,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _proxy_says(error, refusal, status_line):
    """Whether it is this answer of the egress proxy itself (`packages/egress/src/refusals.ts`).

    The proxy lets no answer of others with its header pass, but cannot look into what is encrypted. There its refusal is
    one of a tunnel, which urllib3 tells in words alone, and curl by its status.
    """
    response = getattr(error, 'response', None)
    if getattr(response, 'headers', None) is not None and str(getattr(response, 'url', '')).startswith('http:'):
        return response.headers.get('X-Egress') == refusal
    if _curl_code(error) is not None:
        return f'CONNECT tunnel failed, response {status_line.partition(" ")[0]}' in str(error)
    return isinstance(error, OSError) and str(error).startswith(f'Tunnel connection failed: {status_line}')


def _curl_code(error):
    """The number of a failure of curl (libcurl-errors(3)); None for any other."""
    return number(error.code) if type(error).__module__.startswith('curl_cffi.') and hasattr(error, 'code') else None


def _tls_reason(error):
    """OpenSSL's name for what went wrong, such as CERTIFICATE_VERIFY_FAILED. The library of curl uses the same ones."""
    if isinstance(error, ssl.SSLError):
        return text(error.reason, 100)
    found = _curl_code(error) is not None and TLS_REASON.search(str(error))
    return text(found[1], 100) if found else None


def _is_challenge(error):
    """Whether a wall in front of the source wants to see a browser, with a script that runs there."""
    headers = getattr(getattr(error, 'response', None), 'headers', None)
    return headers is not None and headers.get('cf-mitigated') == 'challenge'


def _was_postprocessing(error):
    """Whether it was raised while ffmpeg or ffprobe was at work: yt-dlp stumbles over what a killed one did not say.

    `common` stands around every post-processor, ours among them.
    """
    traceback = error.__traceback__
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get('__name__', '')
        if module.startswith('yt_dlp.postprocessor.') and module != 'yt_dlp.postprocessor.common':
            return True
        traceback = traceback.tb_next
    return False


def _retry_after(error):
    headers = getattr(getattr(error, 'response', None), 'headers', None)
    return text(headers.get('Retry-After'), 100) if headers is not None else None
