# Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.
"""What is sent. A key that is not here is sent as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Union

from typing_extensions import Required, TypedDict

from .schemas import (
    AudioFormat,
    CaptionSource,
    Compatibility,
    Container,
    DownloadMedia,
    EmbeddedPart,
    EntryKind,
    FileRole,
    JobKind,
    JobStatusWord,
    KeyScope,
    Metadata,
    Quality,
    ReplayedStatus,
    TranscriptForm,
    VideoCodec,
    WantedWebhookStatus,
    WebhookEvent,
)


class ChangeWebhookBody(TypedDict, total=False):
    callback_url: str
    """Where events are posted: absolute, http or https, without credentials, reachable from the internet."""
    events: Sequence[WebhookEvent]
    """Which events are sent."""
    status: WantedWebhookStatus


class Clip(TypedDict, total=False):
    start: Required[float]
    """Where the clip begins, in seconds."""
    end: Required[float]
    """Where it ends, in seconds: at least 0.1 after it begins. What lies beyond the end of the video is left out."""
    exact: bool
    """true: the clip begins and ends within one picture of these times, for which it is encoded again, with H.264 and AAC in mp4. All of these together last two hours at most. Absent: it is not encoded again, and begins with the last key picture before its time, most often some seconds earlier."""


class CreateArchiveLinkBody(TypedDict, total=False):
    expires_in: int
    """For how many seconds the link works. Absent: 3600."""


class CreateFileLinkBody(TypedDict, total=False):
    expires_in: int
    """For how many seconds the link works. Absent: 3600."""
    disposition: Union[Literal["attachment", "inline"], str]
    """`attachment` (default) saves the file, `inline` shows it."""


class CreateKeyBodyLimits(TypedDict, total=False):
    """Limits of this key alone: null is the default of the service, 0 is no limit."""
    requests_per_minute: Union[int, None]
    """POST /info, /download and retry together."""
    unfinished_downloads: Union[int, None]
    """Downloads that have not ended."""
    storage_bytes: Union[int, None]
    """What the files of this key may take together."""


class CreateKeyBody(TypedDict, total=False):
    name: Required[str]
    """For people: who uses the key, and what for."""
    scopes: Required[Sequence[KeyScope]]
    """`read` looks, `write` makes, cancels and deletes, `cookies` stores and uses cookie sets, `admin` manages keys. None implies another."""
    expires_at: Union[str, None]
    """RFC 3339, in the future: from then on the key is refused. Null: never."""
    allowed_addresses: Sequence[str]
    """Addresses and CIDRs from which the key may be used. Empty: from anywhere."""
    limits: CreateKeyBodyLimits
    """Limits of this key alone: null is the default of the service, 0 is no limit."""


class Destination(TypedDict, total=False):
    """Where the finished file is delivered to, before the job completes. The file also stays here, as always. One address takes one file, so this must not stand beside `urls`, `clips`, `chapters`, `thumbnail`, and `subtitles` that are files. Where the store refuses the file, the job fails with `delivery_refused`; where it cannot be reached or does not answer well in three attempts, with `delivery_failed`."""
    put_url: Required[str]
    """A presigned address of your own store, http or https, without credentials. The file is sent there with one `PUT`, with `Content-Length` and with its media type as `Content-Type`, so sign it for that media type or for none. Redirects are not followed. It must be a public address, and stay valid until the file has been fetched."""


class EntriesOption(TypedDict, total=False):
    """Where the address leads to a list, such as a playlist or a channel: tell its entries (`entries`), as the list says them, in place of its first video. None of them is looked at, so it is fast, and private or broken ones are among them. `entries_next` says where the next page begins. For the address of a video this changes nothing."""
    count: int
    """How many. Absent: 50."""


class EntryOptions(TypedDict, total=False):
    """Options of the job that is made of each entry, the same for all: those of its kind, as in a request for it alone. `cookies`, `country`, `max_age` and `retention_seconds` stand beside them. `expires_in` here is for each entry, from the making of its job on; beside them it is for the whole list."""
    media_urls: bool
    """true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false."""
    entries: EntriesOption
    expires_in: int
    """For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs."""
    wait_for_start: bool
    """Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once."""
    language: str
    """The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is."""
    source: CaptionSource
    format_id: Union[str, None]
    """A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred."""
    max_filesize: int
    """How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`."""
    audio_language: str
    """The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language."""
    compatibility: Compatibility
    transcode: bool
    """true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again."""
    video_codec: VideoCodec
    container: Container
    quality: Quality
    media: DownloadMedia
    audio_format: AudioFormat
    audio_bitrate: int
    """Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself."""
    strict: bool
    """true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false."""
    subtitles: SubtitleOptions
    thumbnail: bool
    """true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false."""
    embed: Sequence[EmbeddedPart]
    """What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing."""
    clips: Sequence[Clip]
    """Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so."""
    chapters: bool
    """true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false."""


class JobSelection(TypedDict, total=False):
    """The own jobs for which all of these conditions hold, newest first. At least one condition is needed; of `metadata` every entry must be there."""
    status: JobStatusWord
    kind: JobKind
    parent_id: str
    """Only jobs that this playlist has made of its entries."""
    created_after: str
    """Only jobs that were made later than this. RFC 3339."""
    created_before: str
    """Only jobs that were made earlier than this. RFC 3339."""
    metadata: Metadata
    limit: int
    """How many jobs this request may change. Absent: 100."""
    cursor: str
    """`next_cursor` of the request before."""


class JsonCookie(TypedDict, total=False):
    """A cookie, as extensions of browsers, Playwright and Puppeteer export it."""
    domain: Required[str]
    """With a dot in front, it is also sent to the names below."""
    name: Required[str]
    value: Required[str]
    path: str
    """Absent: `/`."""
    expires: Union[float, None]
    """Seconds since 1970. Absent, null, 0 or negative: until the session ends."""
    expirationDate: Union[float, None]
    """Seconds since 1970. Absent, null, 0 or negative: until the session ends."""
    secure: bool
    httpOnly: bool
    hostOnly: bool
    """true: never sent to the names below `domain`."""


class RegisterWebhookBody(TypedDict, total=False):
    callback_url: Required[str]
    """Where events are posted: absolute, http or https, without credentials, reachable from the internet."""
    events: Required[Sequence[WebhookEvent]]
    """Which events are sent."""


class ReplayDeliveriesBody(TypedDict, total=False):
    status: Required[ReplayedStatus]


class DownloadFields(TypedDict, total=False):
    """What is given besides the address."""
    format_id: Union[str, None]
    """A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred."""
    max_filesize: int
    """How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`."""
    audio_language: str
    """The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language."""
    compatibility: Compatibility
    transcode: bool
    """true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again."""
    video_codec: VideoCodec
    container: Container
    quality: Quality
    media: DownloadMedia
    audio_format: AudioFormat
    audio_bitrate: int
    """Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself."""
    strict: bool
    """true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false."""
    subtitles: SubtitleOptions
    thumbnail: bool
    """true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false."""
    embed: Sequence[EmbeddedPart]
    """What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing."""
    clips: Sequence[Clip]
    """Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so."""
    chapters: bool
    """true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false."""
    cookies: str
    """The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request."""
    country: str
    """The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses."""
    max_age: int
    """How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it."""
    expires_in: int
    """For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs."""
    retention_seconds: int
    """For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same."""
    wait_for_start: bool
    """Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once."""
    destination: Destination
    fresh: bool
    """true: ask the source again, whatever is known about this address or lies in the library already. Absent: false."""
    callback_url: Union[str, None]
    """Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer."""
    metadata: Metadata


class InfoFields(TypedDict, total=False):
    """What is given besides the address."""
    max_age: int
    """How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it."""
    media_urls: bool
    """true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false."""
    entries: EntriesOption
    cookies: str
    """The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request."""
    country: str
    """The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses."""
    expires_in: int
    """For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs."""
    wait_for_start: bool
    """Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once."""
    fresh: bool
    """true: ask the source again, whatever is known about this address or lies in the library already. Absent: false."""
    callback_url: Union[str, None]
    """Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer."""
    metadata: Metadata


class PlaylistFields(TypedDict, total=False):
    """What is given besides the address."""
    items: str
    """Which entries of the list, in yt-dlp's words for it: places counted from 1 and ranges, at most 50, joined by commas, in this order. `-1` is the last entry, `-5:` the last five, `1:10:2` every second one of the first ten. What counts from the end reads the whole list. An entry that is named twice is taken once. Absent: all of them."""
    max_items: int
    """How many entries are taken at most, after `items` has chosen among them. At most what this service allows (`MAX_PLAYLIST_ITEMS`), which is also what absent means."""
    of: EntryKind
    options: EntryOptions
    expires_in: int
    """For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs."""
    cookies: str
    """The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request."""
    country: str
    """The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses."""
    max_age: int
    """How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it."""
    retention_seconds: int
    """For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same."""
    fresh: bool
    """true: ask the source again, whatever is known about this address or lies in the library already. Absent: false."""
    callback_url: Union[str, None]
    """Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer."""
    metadata: Metadata


class TranscriptFields(TypedDict, total=False):
    """What is given besides the address."""
    language: str
    """The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is."""
    source: CaptionSource
    cookies: str
    """The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request."""
    max_age: int
    """How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it."""
    expires_in: int
    """For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs."""
    retention_seconds: int
    """For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same."""
    fresh: bool
    """true: ask the source again, whatever is known about this address or lies in the library already. Absent: false."""
    callback_url: Union[str, None]
    """Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer."""
    metadata: Metadata


class SubtitleOptions(TypedDict, total=False):
    """Subtitles of these languages. As files, each is in `files` with the role `subtitle`. What the source does not have is no failure; the warning `subtitles_missing` says so."""
    languages: Required[Sequence[str]]
    """The languages, as the source names them: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. One file for each."""
    format: Union[Literal["vtt", "srt"], str]
    """WebVTT or SubRip; what the source has in another format is rewritten. Absent: `vtt`."""
    deliver: Union[Literal["file", "embedded", "both"], str]
    """`file`: files beside the media. `embedded`: tracks of the media file, which then keeps its picture and sound as they are. `both`. Where they do not fit into the media file they lie beside it, and the warning `subtitles_not_embedded` says so. Absent: `file`."""
    automatic: bool
    """Whether subtitles that a machine made from the sound may be taken where there are no others in that language. Absent: true."""


class UpdateKeyBodyLimits(TypedDict, total=False):
    """Limits of this key alone: null is the default of the service, 0 is no limit."""
    requests_per_minute: Union[int, None]
    """POST /info, /download and retry together."""
    unfinished_downloads: Union[int, None]
    """Downloads that have not ended."""
    storage_bytes: Union[int, None]
    """What the files of this key may take together."""


class UpdateKeyBody(TypedDict, total=False):
    """What is absent stays as it is."""
    name: str
    """For people: who uses the key, and what for."""
    scopes: Sequence[KeyScope]
    """`read` looks, `write` makes, cancels and deletes, `cookies` stores and uses cookie sets, `admin` manages keys. None implies another."""
    expires_at: Union[str, None]
    """RFC 3339, in the future: from then on the key is refused. Null: never."""
    allowed_addresses: Sequence[str]
    """Addresses and CIDRs from which the key may be used. Empty: from anywhere."""
    limits: UpdateKeyBodyLimits
    """Limits of this key alone: null is the default of the service, 0 is no limit."""


class ListPlatformsQuery(TypedDict, total=False):
    """The query of `listPlatforms`."""
    domain: str
    """Only the platforms of this host name: those whose `domain` is the name itself, or a parent of it, as `youtube.com` is of `www.youtube.com`. An unknown one is an empty list; the video may still be found in its page."""


class FetchTranscriptQuery(TypedDict, total=False):
    """The query of `fetchTranscript`."""
    format: TranscriptForm


class ListJobsQuery(TypedDict, total=False):
    """The query of `listJobs`."""
    limit: int
    """Jobs per page."""
    cursor: str
    """`next_cursor` of the page before."""
    status: JobStatusWord
    kind: JobKind
    parent_id: str
    """Only jobs that this playlist has made of its entries."""
    created_after: str
    """Only jobs that were made later than this. RFC 3339."""
    created_before: str
    """Only jobs that were made earlier than this. RFC 3339."""
    metadata: str
    """Only jobs with this entry in their metadata: its name, a colon, and its whole value, such as `order:4711`. With `status`, `parent_id` or `metadata` a page looks through 1000 jobs at most, so it may be short or empty although `next_cursor` goes on."""


class ListEntriesQuery(TypedDict, total=False):
    """The query of `listEntries`."""
    limit: int
    """Entries per page."""
    cursor: str
    """`next_cursor` of the page before."""


class ListDownloadsQuery(TypedDict, total=False):
    """The query of `listDownloads`."""
    limit: int
    """Files per page."""
    cursor: str
    """From the `Link` of the page before."""
    created_after: str
    """Only files that were published later than this. RFC 3339."""
    created_before: str
    """Only files that were published earlier than this. RFC 3339."""
    extension: str
    """Only files with this extension, such as `mp4`."""
    role: FileRole
    text: str
    """Only files with this text in title, file name or source URL, in upper or lower case. A page looks through 5000 files at most, so it may be short or empty although `Link` goes on."""


class FetchFileQuery(TypedDict, total=False):
    """The query of `fetchFile`."""
    disposition: Union[Literal["attachment", "inline"], str]
    """`attachment` saves the file, `inline` shows it."""
    signature: str
    """Part of a link; nothing to make up."""


class FetchArchiveQuery(TypedDict, total=False):
    """The query of `fetchArchive`."""
    signature: str
    """Part of a link; nothing to make up."""


class ListDeliveriesQuery(TypedDict, total=False):
    """The query of `listDeliveries`."""
    limit: int
    """Deliveries per page."""
    cursor: str
    """`next_cursor` of the page before."""


class StreamByLinkQuery(TypedDict, total=False):
    """The query of `streamByLink`."""
    token: Required[str]
    """As it stands in the link."""


class ListKeysQuery(TypedDict, total=False):
    """The query of `listKeys`."""
    limit: int
    """Keys per page."""
    cursor: str
    """`next_cursor` of the page before."""


class RotateKeyQuery(TypedDict, total=False):
    """The query of `rotateKey`."""
    grace_seconds: int
    """How long the secret before is still accepted; 0: not at all."""
