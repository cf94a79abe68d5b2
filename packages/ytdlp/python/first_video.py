"""A YoutubeDL that takes the first video of a list and leaves the rest alone. What it takes is always a video, or None.

Where the entries of a list are wanted it takes none of them, and gives what the list says of each (`listing.py`).
"""
from yt_dlp import YoutubeDL
from yt_dlp.utils import DownloadCancelled, DownloadError, PlaylistEntries

from errors import chain_of
from find_extractor import extractor_for
from listing import chosen_of, part_of
from upcoming import not_started

# A page leads to a player, a player to a manifest; lists of lists add to that. Nothing honest needs so many.
ADDRESSES_MAX = 40
# How many entries of one list are looked at before it counts as a list without a video.
ENTRIES_MAX = 10
# An entry that ended so holds no video. Any other failure may be of the moment, and is the failure of the job.
GONE = {404, 410}
EMPTY = {'UnsupportedError'}
# `src/warnings.ts` knows the sentence.
PASSED_OVER = 'Entries of the list that hold no video were passed over'


class TooManyAddresses(DownloadCancelled):
    """Addresses lead to addresses and never to a video."""

    msg = 'The address leads to too many other addresses'


class FirstVideo(YoutubeDL):
    """yt-dlp's own processing of lists keeps no video unless it also prepares to print them all (`extract_flat`)."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self._addresses = 0
        self._videos = 0
        self._lists = []
        # `from` and `count`, or `items` and `max`; None: the first video is wanted.
        self.wanted_entries = None
        # PO tokens that it was given (`po_tokens.py`). yt-dlp asks for some that it does not use in the end.
        self.tokens = []
        # It asked for one and was given none.
        self.lacks_tokens = False

    def extract_info(self, url, download=True, ie_key=None, *arguments, force_generic_extractor=False, **named):
        self._addresses += 1
        if self._addresses > ADDRESSES_MAX:
            raise TooManyAddresses
        if not ie_key and not force_generic_extractor:
            ie_key = extractor_for(self, url)
        return super().extract_info(url, download, ie_key, *arguments, force_generic_extractor=force_generic_extractor, **named)

    def process_video_result(self, *arguments, **named):
        self._videos += 1
        return super().process_video_result(*arguments, **named)

    def _forceprint(self, key, info_dict):
        """Nothing of a job is printed. yt-dlp makes tables and names for it at each stage, which was a tenth of a job's processor time."""
        return info_dict

    def raise_no_formats(self, info, forced=False, *, msg=None):
        if refusal := not_started(info):
            raise refusal
        super().raise_no_formats(info, forced, msg=msg)

    def process_ie_result(self, ie_result, download=True, extra_info=None):
        if ie_result.get('_type', 'video') not in ('playlist', 'multi_video'):
            return super().process_ie_result(ie_result, download, extra_info)
        if self.wanted_entries is not None:
            read = chosen_of if 'items' in self.wanted_entries else part_of
            return read(self, ie_result, self.wanted_entries)
        address = ie_result.get('webpage_url')
        if address and address in self._lists:
            # A list that holds itself.
            return None
        self._lists.append(address)
        try:
            return self._first_of(ie_result, download, extra_info or {})
        finally:
            self._lists.pop()

    def _first_of(self, listed, download, extra_info):
        """The first entry that leads to a video; None where none does. The first failure is raised where all failed."""
        entries = PlaylistEntries(self, {**listed, 'entries': listed.get('entries') or []})
        failure = None
        for index, entry in entries[1:ENTRIES_MAX]:
            videos = self._videos
            try:
                video = entry and self.process_ie_result(entry, download, self._facts_of_entry(listed, entries, index, extra_info))
            except DownloadError as error:
                if self._videos > videos or not _holds_no_video(error):
                    raise
                failure = failure or error
            else:
                if video or self._videos > videos:
                    if index > 1:
                        self.report_warning(PASSED_OVER)
                    return video
        if failure is not None:
            raise failure
        return None

    def _facts_of_entry(self, listed, entries, index, extra_info):
        """What the list says of its entry. Of lists in lists the larger count: it says whether there are more videos."""
        counts = [listed.get('playlist_count') or entries.get_full_count(), extra_info.get('playlist_count')]
        known = [count for count in counts if isinstance(count, int)]
        facts = self._playlist_infodict(listed)
        return {**facts, 'playlist_index': index, 'playlist_count': max(known) if known else None}


def _holds_no_video(error):
    links = chain_of(error)
    return any(link['class'] in EMPTY or link.get('status') in GONE for link in links)
