"""Puts subtitles into the media file as tracks. Picture and sound stay as they are."""
import os

from yt_dlp.postprocessor.ffmpeg import FFmpegEmbedSubtitlePP
from yt_dlp.utils import PostProcessingError

from cues import as_srt, as_vtt
from full_disk import naming_full_disk
from small_files import write_whole
from subtitles import name_of


def embed(ydl, info, subtitles, folder):
    """Whether they are in. A container that holds none, or whose name is not what it is, stays as it was."""
    ext = info.get('ext')
    if ext not in FFmpegEmbedSubtitlePP.SUPPORTED_EXTS:
        return False
    kind, write = ('vtt', as_vtt) if ext == 'webm' else ('srt', as_srt)
    tracks = {}
    for each in subtitles:
        path = os.path.join(folder, f'beside.track.{name_of(each.language)}.{kind}')
        write_whole(path, write(each.cues).encode())
        # No name: it would be the source's own words.
        tracks[each.language] = {'ext': kind, 'filepath': path}
    try:
        with naming_full_disk(folder):
            FFmpegEmbedSubtitlePP(ydl, already_have_subtitle=True).run({**info, 'requested_subtitles': tracks})
        return True
    except PostProcessingError:
        return False
    finally:
        for track in tracks.values():
            os.remove(track['filepath'])
