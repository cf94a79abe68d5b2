"""Pays once, before any job, for what yt-dlp would pay in each of them: classes, patterns, parser, certificates, ffmpeg.

Nothing here asks anybody for anything, starts a thread, or knows a tenant. Everything is inherited by the processes that
are forked later.
"""
import contextlib
import functools
import importlib
import io
import os

# Lazy classes save start-up time, which is paid here but once, and are looked up again in every job.
os.environ['YTDLP_NO_LAZY_EXTRACTORS'] = '1'

from yt_dlp import YoutubeDL, options
from yt_dlp.extractor import gen_extractor_classes
from yt_dlp.networking import Response
from yt_dlp.networking import common as networking
from yt_dlp.postprocessor.ffmpeg import FFmpegPostProcessor

from find_extractor import index_extractors
from safe_ydl import prepare
from video import described, planned

NOWHERE = 'https://nowhere.invalid/'
PAGE = b'''<!DOCTYPE html><html><head><title>A rehearsal</title><script type="application/ld+json">
{"@context": "https://schema.org", "@type": "VideoObject", "name": "A rehearsal", "description": "For nobody.",
"duration": "PT1S", "uploadDate": "2024-02-29", "contentUrl": "https://nowhere.invalid/video.mp4"}
</script></head><body></body></html>'''
# What yt-dlp and its libraries import only when a connection is made.
LATER = ('email.parser', 'encodings.idna', 'http.client', 'http.cookiejar', 'netrc', 'stringprep', 'urllib3.contrib.socks')
# One for the rehearsal of a child, one for its job.
STOCK = 2
# What the runner imports for a job.
JOBS = ('download_job', 'job')


def preheat(argv, download_argv, ffmpeg_location):
    """The arguments of the jobs to come, as far as they are known: of all, and of downloads. The address is made up."""
    for name in LATER:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in JOBS:
        importlib.import_module(name)
    _compile_patterns()
    networking.make_ssl_context = functools.cache(networking.make_ssl_context)
    rehearse(argv)
    _rehearse_choice(download_argv)
    _look_at_ffmpeg(ffmpeg_location)
    # Last: what is stocked is for the children alone.
    _stock_extractors(argv)
    _stock_parsers()


def rehearse(argv):
    """Plays an info job in which every answer is a page from here, and throws the result away."""
    with contextlib.redirect_stderr(io.StringIO()):
        ydl, url = prepare([*argv, '--', NOWHERE], _Nobody())
        ydl.urlopen = _answer
        info = ydl.sanitize_info(ydl.extract_info(url, download=False))
        described(info)
        planned(info)
        for handler in ydl._request_director.handlers.values():
            if hasattr(handler, '_make_sslcontext'):
                handler._make_sslcontext(legacy_ssl_support=None)
        ydl.close()


def _rehearse_choice(argv):
    """What a download does before it asks for the media: Python keeps the patterns by which formats are chosen."""
    with contextlib.redirect_stderr(io.StringIO()):
        ydl, url = prepare([*argv, '--simulate', '--', NOWHERE], _Nobody())
        ydl.urlopen = _answer
        ydl.download([url])
        ydl.close()


def _answer(request):
    """A page that describes a video, and the beginning of that video."""
    url = request if isinstance(request, str) else request.url
    body, kind = (b'', 'video/mp4') if url.endswith('.mp4') else (PAGE, 'text/html')
    return Response(io.BytesIO(body), url, {'Content-Type': kind})


class _Nobody:
    """Takes events to nowhere."""

    def emit(self, event, **fields):
        pass

    def without_secrets(self, message):
        return message


def _compile_patterns():
    """yt-dlp compiles the patterns of each class when it first looks at it; a page looks at all of them."""
    for extractor in gen_extractor_classes():
        extractor.suitable(NOWHERE)
        # Some hand the empty page on without looking whether there was a match.
        with contextlib.suppress(TypeError):
            for _ in extractor._extract_embed_urls(NOWHERE, ''):
                break


def _stock_parsers():
    """Parsing may change a parser, so each serves once."""
    create = options.create_parser
    made = [create() for _ in range(STOCK)]
    options.create_parser = lambda: made.pop() if made else create()


def _stock_extractors(argv):
    """Which extractors `--use-extractors` means takes a fifth of a job. A job changes its table, so each serves once; and a copy
    that is made later would write to the memory of 1700 classes that all children share.
    """
    choose = YoutubeDL.add_default_info_extractors
    first, _ = prepare([*argv, '--', NOWHERE], _Nobody())
    wanted = first.params.get('allowed_extractors')
    # One that was made already belongs to whoever made it.
    made = [] if first._ies_instances else [dict(first._ies) for _ in range(STOCK)]
    index_extractors(first._ies)
    first.close()

    def take(ydl):
        if made and ydl.params.get('allowed_extractors') == wanted:
            ydl._ies = made.pop()
        else:
            choose(ydl)

    YoutubeDL.add_default_info_extractors = take


def _look_at_ffmpeg(location):
    """Fills yt-dlp's memory of versions and features, which it keeps by path."""
    FFmpegPostProcessor._ffmpeg_location.set(location)
    ffmpeg = FFmpegPostProcessor()
    _ = ffmpeg._versions, ffmpeg._features
