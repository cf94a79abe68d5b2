"""Has yt-dlp trust an operator's own certificate authorities beside the public ones of certifi."""
import functools

from yt_dlp.networking import _helper


@functools.cache
def trust(path):
    """`path`: a file of certificates (PEM). Once for each file: it would nest.

    yt-dlp takes certifi's file and knows no setting for another. The environment cannot name one either, since
    `SSL_CERT_FILE` is read only where certifi is not used.
    """
    load = _helper.ssl_load_certs

    def load_more(context, use_certifi=True):
        load(context, use_certifi)
        context.load_verify_locations(cafile=path)

    _helper.ssl_load_certs = load_more
