"""Every part of yt-dlp that we replace, override, or use although it is promised to nobody, in one table.

It is compared with the yt-dlp that is there before any of it is replaced: at the start of the zygote, and of each program
that starts cold. A part that is missing, or takes other parameters, is named, and nothing is done with that yt-dlp, unless the part
serves a feature that jobs can do without: then they go on without it.
"""
import functools
import importlib
import inspect
from typing import NamedTuple


# Features that jobs can do without.
KEPT_CACHE = 'the cache'
KEPT_PLAYERS = 'kept players'
KEPT_VALUES = 'kept values'
PO_TOKENS = 'PO tokens'


class Patch(NamedTuple):
    """`owner`: a module, or `module:Class`. `signature`: the names of the parameters, with `=` behind those that may be
    left out; None for what is no function. `why`: what we do with it.
    """

    owner: str
    attribute: str
    signature: str | None
    why: str
    # Looked at only where the module can be imported.
    optional: bool = False
    # The feature that alone needs it, where jobs can go on without that feature.
    feature: str | None = None


class PatchDoesNotFit(Exception):
    """This yt-dlp lacks a part that the runner replaces or uses, or has another one under its name."""


PATCHES = (
    # guard.py
    Patch('yt_dlp.downloader.common:FileDownloader', 'real_download', '(self, filename, info_dict)',
          'refuses the bytes of every downloader that is not on the list; what inherits it as well'),
    Patch('yt_dlp.downloader.common:FileDownloader', 'download', '(self, filename, info_dict, subtitle=)',
          'must call real_download by its name'),
    Patch('yt_dlp.downloader.external', 'FFmpegFD', None, 'is what the guard is there for'),
    Patch('yt_dlp.downloader.dash:DashSegmentsFD', 'real_download', '(self, filename, info_dict)', 'is on the list'),
    Patch('yt_dlp.postprocessor.common:PostProcessor', 'try_utime', '(self, path, atime, mtime, errnote=)',
          'copies no times'),
    # outgoing.py
    Patch('yt_dlp.YoutubeDL:YoutubeDL', '_request_director', '(self)', 'holds every request to the proxy of the job'),
    Patch('yt_dlp.networking.common:RequestDirector', 'send', '(self, request)', 'holds every request to the proxy'),
    Patch('yt_dlp.networking.common:RequestHandler', '__init__',
          '(self, *, logger, headers=, cookiejar=, timeout=, proxies=, source_address=, verbose=, prefer_system_certs=, '
          'client_cert=, verify=, legacy_ssl_support=, **_)', 'is given the proxy of the job'),
    Patch('yt_dlp.utils._utils', 'smuggle_url', '(url, data)', 'remembers what yt-dlp itself puts into an address'),
    Patch('yt_dlp.utils._utils', 'unsmuggle_url', '(smug_url, default=)', 'refuses what a page puts there'),
    # cookies.py
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'cookiejar', '(self)', 'holds the cookies of the job'),
    Patch('yt_dlp.extractor.common:InfoExtractor', '_cookies_passed', '(self)', 'is to say that there are some'),
    # impersonation.py
    Patch('yt_dlp.YoutubeDL:YoutubeDL', '_impersonate_target_available', '(self, target)', 'says whether there is a browser'),
    Patch('yt_dlp.networking.impersonate', 'ImpersonateTarget', '(client=, version=, os=, os_version=)', 'is any browser'),
    Patch('yt_dlp.networking.common:Request', 'copy', '(self)', 'is asked a second time'),
    # authorities.py, preheat.py
    Patch('yt_dlp.networking._helper', 'ssl_load_certs', '(context, use_certifi=)', 'trusts further authorities'),
    Patch('yt_dlp.networking.common', 'make_ssl_context',
          '(verify=, client_certificate=, client_certificate_key=, client_certificate_password=, legacy_support=, use_certifi=)',
          'makes the context of TLS once'),
    Patch('yt_dlp.networking._curlcffi:CurlCFFIRH', '_create_instance', '(self, cookiejar=)',
          'trusts the same authorities as all others', optional=True),
    Patch('yt_dlp.networking.common:RequestHandler', '_make_sslcontext', '(self, legacy_ssl_support=)',
          'is rehearsed with what jobs ask for'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'add_default_info_extractors', '(self)', 'chooses the extractors once'),
    Patch('yt_dlp.options', 'create_parser', '()', 'makes its parsers before they are needed'),
    Patch('yt_dlp.networking.common:Response', '__init__', '(self, fp, url, headers, status=, reason=, extensions=)',
          'is the page of the rehearsal'),
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegPostProcessor', '_ffmpeg_location', None, 'names the shim of ffmpeg'),
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegPostProcessor', '_versions', '(self)', 'looks at ffmpeg once'),
    # answers.py, ranges.py, sources.py, validators.py
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'urlopen', '(self, req)', 'looks at what is answered'),
    Patch('yt_dlp.networking.common:Response', 'read', '(self, amt=)', 'drops a mark in front of text'),
    Patch('yt_dlp.downloader.http:HttpFD', 'real_download', '(self, filename, info_dict)',
          'notes that media are fetched now'),
    Patch('yt_dlp.downloader.fragment:FragmentFD', '_append_fragment', '(self, ctx, frag_content)',
          'drops a picture in front of a segment'),
    Patch('yt_dlp.extractor.common:InfoExtractor', '_parse_html5_media_entries',
          '(self, base_url, webpage, video_id, m3u8_id=, m3u8_entry_protocol=, mpd_id=, preference=, quality=, _headers=)',
          'reads the base of a page'),
    # continuation.py
    Patch('yt_dlp.downloader.fragment:FragmentFD', '_prepare_frag_download', '(self, ctx)', 'continues exactly'),
    Patch('yt_dlp.downloader.fragment:FragmentFD', '_write_ytdl_file', '(self, ctx)', 'writes the note in one step'),
    Patch('yt_dlp.networking.common:Request', 'headers', '(self)', 'gives each request headers of its own'),
    # dash_periods.py, playlist.py, progress.py, retries.py
    Patch('yt_dlp.extractor.common:InfoExtractor', '_merge_mpd_periods', '(self, periods)',
          'keeps tracks of one period apart'),
    Patch('yt_dlp.downloader.hls:HlsFD', 'real_download', '(self, filename, info_dict)', 'reads playlists first'),
    Patch('yt_dlp.downloader.common:FileDownloader', 'best_block_size', '(elapsed_time, bytes)', 'reads short blocks'),
    Patch('yt_dlp.downloader.common:FileDownloader', 'report_retry', '(self, err, count, retries, frag_index=, fatal=)',
          'raises what was given up on'),
    # first_video.py
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'extract_info',
          '(self, url, download=, ie_key=, extra_info=, process=, force_generic_extractor=)', 'counts addresses'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'process_video_result', '(self, info_dict, download=)', 'counts videos'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'process_ie_result', '(self, ie_result, download=, extra_info=)',
          'takes the first video of a list'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', '_forceprint', '(self, key, info_dict)', 'prepares nothing for printing'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', '_playlist_infodict', '(ie_result, strict=, **kwargs)', 'says whose entry it is'),
    # upcoming.py, first_video.py
    Patch('yt_dlp.extractor.common:InfoExtractor', 'raise_no_formats', '(self, msg, expected=, video_id=)',
          'goes on where a stream has not begun'),
    Patch('yt_dlp.extractor.common:InfoExtractor', 'extract', '(self, url)', 'raises what was put off'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'raise_no_formats', '(self, info, forced=, *, msg=)',
          'says when a stream begins'),
    # subtitles.py
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'dl', '(self, name, info, subtitle=, test=)', 'joins the pieces of subtitles'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'process_subtitles', '(self, video_id, normal_subtitles, automatic_captions)',
          'is to choose none by itself'),
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegEmbedSubtitlePP', 'run', '(self, info)', 'puts subtitles into the media'),
    Patch('yt_dlp.utils._utils', 'dfxp2srt', '(dfxp_data)', 'reads subtitles in TTML'),
    # preferences.py, inside.py
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegPostProcessor', 'real_run_ffmpeg',
          '(self, input_path_opts, output_path_opts, *, expected_retcodes=)', 'writes tags, chapters and a cover'),
    Patch('yt_dlp.utils._utils:FormatSorter', 'settings', None, 'knows fields of ours, and another order of codecs'),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'sort_formats', '(self, info_dict)', 'puts the formats in order anew'),
    # kept_cache.py
    Patch('yt_dlp.cache:Cache', '__init__', '(self, ydl)', 'is made with what it belongs to', feature=KEPT_CACHE),
    Patch('yt_dlp.cache:Cache', 'load', '(self, section, key, dtype=, default=, *, min_ver=)', 'gives what is kept',
          feature=KEPT_CACHE),
    Patch('yt_dlp.cache:Cache', 'store', '(self, section, key, data, dtype=)', 'takes nothing, and reports what was missing',
          feature=KEPT_CACHE),
    # kept_players.py
    Patch('yt_dlp.extractor.youtube.jsc._builtin.ejs:EJSBaseJCP', '_ENABLE_PREPROCESSED_PLAYER_CACHE', None,
          'asks the cache for a player', feature=KEPT_PLAYERS),
    Patch('yt_dlp.extractor.youtube.jsc._builtin.ejs:EJSBaseJCP', '_CACHE_SECTION', None, 'is where it asks',
          feature=KEPT_PLAYERS),
    # kept_values.py, find_value.py
    Patch('yt_dlp.extractor.common:InfoExtractor', 'initialize', '(self)', 'finds what its site gives to everybody',
          feature=KEPT_VALUES),
    Patch('yt_dlp.YoutubeDL:YoutubeDL', 'get_info_extractor', '(self, ie_key)', 'names the extractor that finds it',
          feature=KEPT_VALUES),
    # po_tokens.py
    Patch('yt_dlp.extractor.youtube.pot.provider', 'register_provider', '(provider)', 'has a provider of ours asked',
          feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.provider', 'PoTokenResponse', '(po_token, expires_at=)', 'is what it gives',
          feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.provider', 'PoTokenContext', None, 'is what a token is wanted for',
          feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.provider', 'PoTokenProviderError', '(msg=, expected=)', 'says that there is none',
          feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.provider', 'PoTokenProviderRejectedRequest', '(msg=, expected=)',
          'says that none can be asked for', feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.provider:PoTokenProvider', '_real_request_pot', '(self, request)',
          'asks the egress proxy', feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.provider:PoTokenProvider', '_request_webpage',
          '(self, request, pot_request=, note=, **kwargs)', 'asks as the job does', feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.provider:PoTokenProvider', 'is_available', '(self)',
          'is not asked again after a failure', feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.utils', 'get_webpo_content_binding',
          '(request, webpo_clients=, bind_to_visitor_id=)', 'says what the token is for', feature=PO_TOKENS),
    Patch('yt_dlp.extractor.youtube.pot.utils', 'WEBPO_CLIENTS', None, 'names the clients that tokens are for',
          feature=PO_TOKENS),
    # encoder_run.py
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegPostProcessor', 'executable', '(self)', 'is run to encode'),
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegPostProcessor', 'check_version', '(self)', 'says that there is an ffmpeg'),
    # safe_ydl.py, rewrap.py, file_names.py, child.py
    Patch('yt_dlp.globals', 'plugin_dirs', None, 'names no folder of plugins'),
    Patch('yt_dlp.postprocessor.common:PostProcessor', 'run', '(self, information)', 'tells what is known at a stage'),
    Patch('yt_dlp.postprocessor.common:PostProcessor', 'pp_key', '(cls)', 'has a name'),
    Patch('yt_dlp.postprocessor.common:PostProcessor', '_hook_progress', '(self, status, info_dict)', 'tells nobody'),
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegFixupPostProcessor', '_fixup', '(self, msg, filename, options)',
          'puts a bare stream into an mp4'),
    Patch('yt_dlp.postprocessor.ffmpeg:FFmpegPostProcessor', 'get_metadata_object', '(self, path, opts=)',
          'asks what a file is'),
    Patch('yt_dlp.utils._utils:_UnsafeExtensionError', 'ALLOWED_EXTENSIONS', None, 'says which names are taken'),
    Patch('yt_dlp.utils.networking', 'std_headers', None, 'gets another browser name in each process'),
    Patch('yt_dlp.utils.networking', 'random_user_agent', '()', 'chooses that name'),
    # find_extractor.py
    Patch('yt_dlp.extractor.common:InfoExtractor', 'suitable', '(cls, url)', 'is asked where a word of its pattern is there'),
    Patch('yt_dlp.extractor.common:InfoExtractor', '_match_valid_url', '(cls, url)', 'keeps the patterns'),
    Patch('yt_dlp.extractor.common:InfoExtractor', '_VALID_URL', None, 'says whether it takes any address'),
)


@functools.cache
def check_patches():
    """Raises PatchDoesNotFit with the names of all that differs. Once: afterwards it would find our own functions.

    Also finds out which features fit, before any of their parts is replaced.
    """
    differences = _differences(None)
    if differences:
        raise PatchDoesNotFit(f"This yt-dlp does not fit. {' '.join(differences)}")
    for feature in {each.feature for each in PATCHES if each.feature is not None}:
        fits(feature)


@functools.cache
def fits(feature):
    """Whether this yt-dlp has every part that the feature needs."""
    return not _differences(feature)


def _differences(feature):
    found = (_difference(each) for each in PATCHES if each.feature == feature)
    return [each for each in found if each is not None]


def _difference(patch):
    name = f'{patch.owner.replace(":", ".")}.{patch.attribute}'
    if patch.optional and not _is_there(patch.owner):
        return None
    try:
        found = inspect.getattr_static(_owner(patch.owner), patch.attribute)
    except (ImportError, AttributeError):
        return f'{name} is missing.'
    if patch.signature is None:
        return None
    signature = _signature(found)
    return None if signature == patch.signature else f'{name} is {signature or "no function"}, not {patch.signature}.'


def _is_there(path):
    try:
        return bool(_owner(path))
    except ImportError:
        return False


def _owner(path):
    module, _, name = path.partition(':')
    owner = importlib.import_module(module)
    return getattr(owner, name) if name else owner


def _signature(value):
    """As it stands in the table; None where it is nothing that can be called."""
    for inner in ('__func__', 'fget', 'func'):
        value = getattr(value, inner, value)
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return None
    plain = [each.replace(annotation=each.empty, default=each.empty) for each in signature.parameters.values()]
    optional = {each.name for each in signature.parameters.values() if each.default is not each.empty}
    parts, is_keyword = [], False
    for each in plain:
        if each.kind is each.KEYWORD_ONLY and not is_keyword:
            is_keyword = True
            parts.append('*')
        parts.append(f'{each}=' if each.name in optional else str(each))
    return f"({', '.join(parts)})"
