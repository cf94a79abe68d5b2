"""Whom a connection of TLS is trusted for: the public authorities of certifi, and an operator's own beside them; and how old the version of TLS may be."""
import contextlib
import functools
import ssl
import tempfile

import certifi
from yt_dlp.networking import _helper, common

# SSL_OP_LEGACY_SERVER_CONNECT, which Python names from 3.12 on.
LEGACY_SERVER_CONNECT = 4


@functools.cache
def trust(path):
    """`path`: a file of certificates (PEM); None for the public ones alone. A process has one, and a second call with it does nothing.

    yt-dlp takes certifi's file and knows no setting for another. The environment cannot name one either, since
    `SSL_CERT_FILE` is read only where certifi is not used.
    """
    if path is not None:
        load = _helper.ssl_load_certs

        def load_more(context, use_certifi=True):
            load(context, use_certifi)
            context.load_verify_locations(cafile=path)

        _helper.ssl_load_certs = load_more
    # This module of yt-dlp cannot be imported where curl_cffi is not installed.
    with contextlib.suppress(ImportError):
        from yt_dlp.networking._curlcffi import CurlCFFIRH
        create = CurlCFFIRH._create_instance

        def create_trusting(self, cookiejar=None):
            session = create(self, cookiejar)
            session.verify = _one_file(path)
            return session

        CurlCFFIRH._create_instance = create_trusting


@functools.cache
def take_old_tls():
    """Takes servers that speak TLS 1.0 or 1.1, have short keys, or renegotiate as before RFC 5746. A second call does nothing.

    Certificates are checked as ever, but whoever listens on the way can do more with such a connection.
    """
    make = common.make_ssl_context

    def make_for_old_servers(*arguments, **named):
        context = make(*arguments, **named)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers('DEFAULT:@SECLEVEL=0')
        context.options |= LEGACY_SERVER_CONNECT
        return context

    common.make_ssl_context = make_for_old_servers


@functools.cache
def _one_file(path):
    """The file for curl, which takes one alone. Left to itself it takes a file of the system, which may hold other authorities.

    Both are copied into a temporary file, which goes with the folder of the job.
    """
    if path is None:
        return certifi.where()
    with tempfile.NamedTemporaryFile('wb', suffix='.pem', delete=False) as file:
        for each in (certifi.where(), path):
            with open(each, 'rb') as part:
                file.write(part.read() + b'\n')
    return file.name
