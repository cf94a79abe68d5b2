"""Tries in the sandbox of a job what jobs need of yt-dlp, and asks nobody: what is there, which versions, and what is refused."""
import importlib.metadata

from events import text
from in_deno import in_deno

TIMEOUT_SECONDS = 30
PACKAGES = {'ytdlp': 'yt-dlp', 'curl_cffi': 'curl-cffi', 'ejs': 'yt-dlp-ejs'}
HANDLERS = {'Requests', 'Urllib'}


def self_check(settings, argv):
    """`parts`: each part with what is wrong with it, or None. `versions`: of what is installed; None: it is not."""
    home, deno = settings['home'], settings['deno']
    parts = {
        'patches': _patches,
        'downloaders': _downloaders,
        'request_handlers': lambda: _request_handlers(argv),
        'impersonation': lambda: _impersonation(argv),
        'javascript': lambda: _javascript(deno),
    }
    if settings.get('tokenAddress') is not None:
        parts['po_tokens'] = lambda: _po_tokens(argv, settings['tokenAddress'])
    versions = {name: _version(home, package) for name, package in PACKAGES.items()}
    versions['deno'] = _version(home, 'deno') if deno else None
    return {'parts': [{'name': name, 'problem': _problem(check)} for name, check in parts.items()], 'versions': versions}


class Misfit(Exception):
    """A part is missing, or does something else than it should."""


def _problem(check):
    try:
        check()
    except Exception as error:
        return text(str(error) or type(error).__name__, 500)
    return None


def _patches():
    from patches import check_patches
    check_patches()


def _downloaders():
    """ffmpeg, which would fetch past the proxy, must refuse."""
    from guard import DownloaderRefused, refuse_unsafe_downloaders
    from yt_dlp import YoutubeDL
    from yt_dlp.downloader.external import FFmpegFD
    refuse_unsafe_downloaders()
    try:
        FFmpegFD(YoutubeDL({'quiet': True}), {}).real_download('nowhere.mp4', {'url': 'http://127.0.0.1:9/', 'protocol': 'm3u8'})
    except DownloaderRefused:
        return
    raise Misfit('ffmpeg was not refused as a downloader.')


def _request_handlers(argv):
    missing = HANDLERS - set(_prepared(argv)._request_director.handlers)
    if missing:
        raise Misfit(f"Request handlers are missing: {', '.join(sorted(missing))}.")


def _impersonation(argv):
    targets = _prepared(argv)._get_available_impersonate_targets()
    if not any(target.client == 'chrome' for target, _ in targets):
        raise Misfit('No Chrome can be imitated: curl_cffi is missing, or in a version that yt-dlp does not take.')


def _javascript(deno):
    if not deno:
        raise Misfit('There is no deno.')
    import yt_dlp_ejs
    assert yt_dlp_ejs
    if in_deno(deno, 'console.log(6 * 7)', TIMEOUT_SECONDS).strip() != '42':
        raise Misfit('deno did not run a program rightly.')


def _po_tokens(argv, address):
    """The extractor must know the provider, as in a job. Nobody is asked."""
    from patches import PO_TOKENS, fits
    if not fits(PO_TOKENS):
        raise Misfit('This yt-dlp takes no provider of PO tokens as we have one.')
    from tokens import use_tokens
    ydl = _prepared(argv)
    use_tokens(ydl, address, None)
    youtube = ydl.get_info_extractor('Youtube')
    youtube.initialize()
    if 'Operator' not in youtube._pot_director.providers:
        raise Misfit('The extractor of YouTube does not know the provider of PO tokens.')


def _prepared(argv):
    from safe_ydl import prepare

    class Nobody:
        def emit(self, event, **fields):
            pass

    return prepare([*argv, '--', 'https://nowhere.invalid/'], Nobody())[0]


def _version(home, package):
    found = next(iter(importlib.metadata.distributions(name=package, path=[home])), None)
    return text(found.version, 50) if found else None
