"""The addresses of media and the headers that they are asked for with. Only where a client wants them: `media_urls`."""
from events import text, without_secrets

ADDRESS_LENGTH_MAX = 8192
HEADER_LENGTH_MAX = 1000
# What proves who is asking is never reported: cookies and credentials are not among these.
HEADERS = ('user-agent', 'accept', 'accept-language', 'referer', 'origin', 'sec-fetch-mode')


def address_of(each):
    """None for an address that is too long to be whole, and for one that holds a secret, such as a PO token."""
    address = each.get('url')
    if not isinstance(address, str) or len(address) > ADDRESS_LENGTH_MAX or without_secrets(address) != address:
        return None
    return text(address.partition('#__youtubedl_smuggle')[0], ADDRESS_LENGTH_MAX)


def headers_of(each):
    headers = each.get('http_headers')
    if not isinstance(headers, dict):
        return {}
    return {
        name: text(value, HEADER_LENGTH_MAX)
        for name, value in headers.items()
        if isinstance(name, str) and isinstance(value, str) and name.lower() in HEADERS
    }
