# Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.
"""What the service answers. A vocabulary is open: a newer service may say another word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Optional, Union

from .model import Model


AcceptedStatus = Union[Literal["processing", "download_started"], str]


ApiKeyStatus = Union[Literal["active", "expired", "revoked"], str]


AudioFormat = Union[Literal["best", "mp3", "m4a", "opus", "flac", "wav"], str]
"""What kind of file the sound of `"media": "audio"` shall be. Sound that is encoded so already is not encoded again. `flac` and `wav` keep what the source has, and make it no better. Absent: `best`, as the source has it."""


CaptionSource = Union[Literal["manual", "automatic"], str]
"""`manual`: people wrote the captions. `automatic`: a machine made them from the sound, or translated them. Absent in a request: `manual` before `automatic` in the same language."""


Compatibility = Union[Literal["universal"], str]
"""`universal`: H.264 with AAC in mp4, which all usual players and browsers play, before the size of the picture counts. Where the source does not have it, the warning `compatibility_unavailable` says so; with `transcode` it is encoded again. Absent: the best picture."""


Container = Union[Literal["mp4", "webm", "mkv"], str]
"""What kind of file picture and sound shall be put into. Formats that fit into it without being encoded again are taken before others. Where the source has none, the warning `container_unavailable` says so. Absent: mp4 or webm where the best formats fit into it, else mkv."""


CookieVerdict = Union[Literal["valid", "expired", "rotated", "unknown"], str]
"""`unknown`: no job has ended with this set yet. `valid`: the last one that used it was not asked to sign in. `rotated`: the same, and the site has replaced cookies of the set since it was stored, so the export that it was made from is out of date. `expired`: all cookies are past their time, or the site no longer takes them; store new ones."""


DeliveredEvent = Union[Literal["job_complete", "job_failed", "job_cancelled", "download_complete", "download_failed", "download_cancelled", "transcript_complete", "transcript_failed", "transcript_cancelled", "playlist_complete", "playlist_failed", "playlist_cancelled", "test"], str]


DeliveryStatus = Union[Literal["pending", "delivered", "failed", "skipped"], str]


DownloadMedia = Union[Literal["video", "audio"], str]
"""`audio`: the sound alone, with title, artist and date as tags. Without an `audio_format` it stays encoded as it is. Absent: `video`."""


DownloadStatus = Union[Literal["in_progress", "completed", "failed", "cancelled"], str]


EmbeddedPart = Union[Literal["metadata", "chapters", "thumbnail"], str]


EntryKind = Union[Literal["download", "info", "transcript"], str]
"""Which kind of job is made of each entry. Absent: `download`."""


EntrySkipCode = Union[Literal["duplicate", "no_address", "invalid_url", "list_too_large", "job_removed", "playlist_failed"], str]
"""`duplicate`: an entry before it has the same address. `no_address`: the list has none for it alone. `invalid_url`: its address is none that a job can have. `list_too_large`: the addresses and titles of the entries up to it take more than 1 MiB. `job_removed`: its job was removed before the playlist saw its end. `playlist_failed`: the playlist ended before its turn."""


EntryState = Union[Literal["queued", "running", "completed", "failed", "cancelled", "skipped"], str]
"""`queued`: its job waits, or is not made yet. `skipped`: it has no job, and `skip_code` says why. The others are those of its job."""


FileRole = Union[Literal["media", "clip", "chapter", "subtitle", "transcript", "thumbnail", "info"], str]
"""What a file of a download is for. The first `media` file is what the keys outside of `files` describe."""


InfoJobStatus = Union[Literal["processing", "completed", "failed", "cancelled"], str]


JobFailureCode = Union[Literal["unsupported_url", "video_unavailable", "format_unavailable", "option_unavailable", "rate_limited", "forbidden", "bot_check", "impersonation_missing", "no_captions", "login_required", "cookies_expired", "age_restricted", "private_video", "geo_restricted", "drm_protected", "sabr_only", "live_not_supported", "live_not_started", "blocked_target", "exit_unavailable", "file_too_large", "disk_full", "quota_exceeded", "network_error", "bad_certificate", "timeout", "stalled", "cpu_limit_exceeded", "memory_limit_exceeded", "transcode_limit", "extractor_broken", "postprocessing_failed", "invalid_media", "delivery_blocked", "delivery_refused", "delivery_failed", "job_expired", "worker_crashed", "internal_error"], str]


JobKind = Union[Literal["info", "download", "transcript", "playlist"], str]


JobPhase = Union[Literal["queued", "extracting", "downloading", "processing", "finalizing"], str]


JobStatusWord = Union[Literal["processing", "completed", "failed", "cancelled", "in_progress"], str]
"""Only jobs whose status is this word. An info job that has not ended is `processing`, a download that has not ended is `in_progress`."""


JobWaitReason = Union[Literal["site_rest", "site_rate", "transcode_turn"], str]
"""`site_rest`: the site has refused too often, and is left alone for a while. `site_rate`: the site is asked only so often, and other jobs are first. `transcode_turn`: a download with `transcode`, and as many of them run as may at once."""


JobWarningCode = Union[Literal["formats_missing", "formats_skipped", "metadata_incomplete", "subtitles_missing", "subtitles_not_embedded", "thumbnail_missing", "chapters_missing", "clips_missing", "embedding_incomplete", "generic_extraction", "javascript_missing", "impersonation_missing", "target_blocked", "more_videos", "entries_skipped", "segments_missing", "length_differs", "result_shortened", "container_changed", "stream_missing", "quality_unavailable", "video_codec_unavailable", "audio_language_unavailable", "container_unavailable", "compatibility_unavailable", "video_transcoded", "audio_transcoded", "transcode_limit", "transcode_failed", "streams_left_out", "cookies_expired", "po_token_missing", "po_token_failed", "site_broken", "unspecified"], str]


KeyScope = Union[Literal["read", "write", "cookies", "admin"], str]


Metadata = Mapping[str, str]
"""Your own texts about the job, by names of your own. At most 16; a name has 1 to 40 letters, digits, `_`, `.` or `-`, a value at most 500 characters, all together 2048 bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them."""


PoTokenProviderState = Union[Literal["none", "reachable", "unreachable"], str]
"""`none`: no provider of PO tokens is set up, and none are used. `unreachable`: it does not answer, and jobs go on without tokens."""


Quality = Union[Literal["best", "4320p", "2160p", "1440p", "1080p", "720p", "480p", "360p", "240p", "144p", "smallest"], str]
"""How large the picture shall be: a height, `best`, or `smallest` for the smallest file. Where the height is not to be had, the next smaller one is taken, else the next larger one, and the warning `quality_unavailable` says so. A picture that is cropped or upright counts as the height that its wider side stands for. Absent: `best`."""


ReplayedStatus = Union[Literal["skipped", "failed", "pending"], str]
"""Those that the log says this of."""


ServiceCondition = Union[Literal["operational", "degraded"], str]
"""`degraded`: jobs cannot be accepted (no queue), or are accepted and wait (no worker)."""


SupportLevel = Union[Literal["full", "partial", "generic", "broken"], str]


TranscriptForm = Union[Literal["json", "text", "srt", "vtt"], str]


VersionRefusal = Union[Literal["self_check_failed", "broke_more_often", "by_hand"], str]
"""Why a version of yt-dlp is not used: it does not do what jobs need, it broke on more jobs than the version before, or somebody said so."""


VideoCodec = Union[Literal["h264", "vp9", "h265", "av1"], str]
"""How the picture shall be encoded, before its size counts. Nothing is encoded again: where the source does not have it, the warning `video_codec_unavailable` says so. Absent: at the same size and frame rate the one that most players know: H.264, then VP9, H.265, AV1."""


WantedWebhookStatus = Union[Literal["active", "paused"], str]
"""Pauses, or starts again whatever the reason of the pause was."""


WebhookEvent = Union[Literal["job_complete", "job_failed", "job_cancelled", "download_complete", "download_failed", "download_cancelled", "transcript_complete", "transcript_failed", "transcript_cancelled", "playlist_complete", "playlist_failed", "playlist_cancelled"], str]
"""`job_…` are info jobs, `download_…` downloads, `transcript_…` transcripts, `playlist_…` playlists, once all of their entries have ended."""


WebhookReason = Union[Literal["requested", "failing", "backlog", "gone"], str]
"""`requested` by you; `failing`: a delivery failed to its end; `backlog`: too many deliveries wait; `gone`: the receiver answered 410."""


WebhookStatus = Union[Literal["active", "paused", "ended"], str]


class ApiKey(Model):
    """An API key, without its secret."""
    __slots__ = ()
    id: str
    """The key itself begins with `vsk_`, this id and `_`."""
    name: str
    status: ApiKeyStatus
    scopes: Sequence[KeyScope]
    allowed_addresses: Sequence[str]
    """Empty: from anywhere."""
    limits: KeyLimits
    created_at: str
    """When the key was made. RFC 3339, UTC."""
    expires_at: Union[str, None]
    """When the key expires. RFC 3339, UTC; null when it never does."""
    revoked_at: Union[str, None]
    """When the key was revoked. RFC 3339, UTC; null when it was not."""
    last_used_at: Union[str, None]
    """When the key was last accepted, to the minute. RFC 3339, UTC; null when it never was."""
    previous_valid_until: Union[str, None]
    """After a rotation: until when the secret before is accepted. RFC 3339, UTC; null when it is not."""


class BestFormat(Model):
    """What a download that asks for this takes, of the formats that there are now."""
    __slots__ = ()
    request: DownloadOptions
    format_id: Union[str, None]
    """What it takes; null: nothing here answers it."""


class CancelReply(Model):
    __slots__ = ()
    job_id: str
    status: InfoJobStatus
    message: str


class CancelledJobs(Model):
    __slots__ = ()
    cancelled: Sequence[str]
    """The ids of the jobs that were cancelled."""
    refused: Sequence[RefusedJob]
    """Those that could not be, and why."""
    next_cursor: Union[str, None]
    """Send the same conditions with it as `cursor`: there may be more such jobs, also where this answer names none. null: there are no more."""


class Chapter(Model):
    """A part of a video, as the source names it."""
    __slots__ = ()
    title: Union[str, None]
    start: Union[float, None]
    """Seconds from the beginning."""
    end: Union[float, None]
    """Seconds from the beginning."""


class Clip(Model):
    __slots__ = ()
    start: float
    """Where the clip begins, in seconds."""
    end: float
    """Where it ends, in seconds: at least 0.1 after it begins. What lies beyond the end of the video is left out."""
    exact: Optional[bool]
    """true: the clip begins and ends within one picture of these times, for which it is encoded again, with H.264 and AAC in mp4. All of these together last two hours at most. Absent: it is not encoded again, and begins with the last key picture before its time, most often some seconds earlier."""


class CookieSetList(Model):
    __slots__ = ()
    cookies: Sequence[CookieSetReply]
    """By name."""


class CookieSetReply(Model):
    """What is known of a cookie set. The cookies themselves are never shown."""
    __slots__ = ()
    name: str
    domains: Sequence[str]
    """The registrable domains of the cookies. Jobs for pages of these sites alone can use the set."""
    count: int
    """How many cookies there are."""
    earliest_expiry: Union[str, None]
    """When the first of them expires. RFC 3339, UTC; null when none of them says."""
    verdict: CookieVerdict
    created_at: str
    """When the set was first stored. RFC 3339, UTC."""
    changed_at: str
    """When cookies of it last changed: by you, or by a site that replaced them. RFC 3339, UTC."""
    last_used_at: Union[str, None]
    """When a job last began with it. RFC 3339, UTC; null when none has."""


class DeletedJobs(Model):
    __slots__ = ()
    deleted: Sequence[str]
    """The ids of the jobs that were removed."""
    refused: Sequence[RefusedJob]
    """Those that could not be, and why."""
    next_cursor: Union[str, None]
    """Send the same conditions with it as `cursor`: there may be more such jobs, also where this answer names none. null: there are no more."""


class DeliveriesAccepted(Model):
    __slots__ = ()
    count: int
    """How many are sent again."""
    status: DeliveryStatus


class DeliveryAccepted(Model):
    """It is on its way; the log of deliveries says what became of it."""
    __slots__ = ()
    delivery_id: str
    status: DeliveryStatus


class DeliveryAttempt(Model):
    """One attempt to deliver an event."""
    __slots__ = ()
    at: str
    """When it began. RFC 3339, UTC."""
    latency_ms: int
    response_status: Union[int, None]
    """Null: there was no answer; `error` says why."""
    response_body: Union[str, None]
    """The first bytes of the answer, as text."""
    error: Union[str, None]
    """Why the attempt does not count as delivered."""


class DeliveryList(Model):
    __slots__ = ()
    deliveries: Sequence[DeliveryReply]
    """Newest first."""
    next_cursor: Union[str, None]
    """Give it as `cursor` to get the next page; null on the last one."""


class DeliveryReply(Model):
    """One event on its way to one receiver."""
    __slots__ = ()
    delivery_id: str
    """The header `webhook-id` of every attempt."""
    event: DeliveredEvent
    subject_id: Union[str, None]
    """The `job_id` or `download_id` that the event is about."""
    status: DeliveryStatus
    created_at: str
    """When it was made. RFC 3339, UTC."""
    attempts: int
    next_attempt_at: Union[str, None]
    """When the next attempt is due. RFC 3339, UTC; null when none is."""
    last_attempts: Sequence[DeliveryAttempt]
    """The last ten, newest first."""


class DestinationOrigin(Model):
    __slots__ = ()
    origin: str
    """Scheme, host and port of `put_url`. Its path and its signature are shown nowhere."""


class DestinationStatus(Model):
    """With the option `destination`: where the file goes."""
    __slots__ = ()
    origin: str
    """Scheme, host and port of `put_url`. Its path and its signature are shown nowhere."""
    delivered_at: Union[str, None]
    """When the store had taken the file whole RFC 3339, UTC; null until then."""


class DownloadAccepted(Model):
    __slots__ = ()
    status: AcceptedStatus
    download_id: str
    message: str
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    callback_secret: Optional[str]
    """Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone."""
    retry_of: Optional[str]
    """The job that this one repeats."""


class DownloadBatchAccepted(Model):
    __slots__ = ()
    jobs: Sequence[DownloadBatchEntry]
    """One for each address, in their order: what a request for it alone is answered, or why it was refused."""


class DownloadCancelled(Model):
    """`status` is `cancelled`: the download will not complete any more."""
    __slots__ = ()
    status: Literal["cancelled"]
    download_id: str
    format_id: Union[str, None]
    """The format that was asked for; null for the best."""
    options: Optional[DownloadOptions]
    destination: Optional[DestinationStatus]
    message: str
    """What happened, for people."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""


class DownloadCancelledEvent(Model):
    """`type` is `download_cancelled`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["download_cancelled"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: Download


class DownloadCompleteEvent(Model):
    """`type` is `download_complete`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["download_complete"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: Download


class DownloadCompleted(Model):
    """`status` is `completed`: the file is at `download_url` until it expires."""
    __slots__ = ()
    status: Literal["completed"]
    filename: str
    """The name of the file."""
    size_bytes: int
    """The size of the file."""
    download_url: str
    """Where to fetch the file."""
    title: Union[str, None]
    media_type: str
    duration: Union[float, None]
    """Seconds."""
    sha256: str
    """Of the file, 64 hexadecimal digits."""
    expires_at: Union[str, None]
    """When the file will be removed. RFC 3339, UTC; null when it is kept for ever."""
    expired: bool
    """The file has been removed, since its time was over or its owner removed it."""
    files: Sequence[DownloadFile]
    """All files of the download, the media first. Each can be fetched, linked and removed like the media."""
    archive_url: str
    """Where to fetch all files of the download that are still there, as one zip."""
    cached: bool
    """The file was there from an earlier download, with its own `expires_at`."""
    download_id: str
    format_id: Union[str, None]
    """The format that was asked for; null for the best."""
    options: Optional[DownloadOptions]
    destination: Optional[DestinationStatus]
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""


class DownloadEntry(Model):
    __slots__ = ()
    filename: str
    size_bytes: int
    """The size of the file."""
    created: str
    """UTC, `YYYY-MM-DDTHH:MM:SS`."""
    url: str
    """Where to fetch the file."""
    created_at: str
    """The same instant as `created`. RFC 3339, UTC."""
    title: Union[str, None]
    source_url: str
    duration: Union[float, None]
    """Seconds."""
    media_type: str
    sha256: str
    download_id: str
    expires_at: Union[str, None]
    """When the file will be removed. RFC 3339, UTC; null when it is kept for ever."""
    role: FileRole
    language: Union[str, None]
    """Of subtitles, as the source names it; null for everything else."""
    files: Sequence[DownloadFile]
    """Of the first media file of a download: all files of it that are still there. Of any other file: that file."""


class DownloadFailed(Model):
    """`status` is `failed`: `code` says why."""
    __slots__ = ()
    status: Literal["failed"]
    download_id: str
    format_id: Union[str, None]
    """The format that was asked for; null for the best."""
    options: Optional[DownloadOptions]
    destination: Optional[DestinationStatus]
    error: str
    """Why it failed, for people."""
    code: JobFailureCode
    retryable: bool
    """Whether a later job for the same video may work."""
    next_step: str
    """What to do about it, for people."""
    starts_at: Optional[str]
    """When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC."""
    last_error: Optional[LastError]
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""


class DownloadFailedEvent(Model):
    """`type` is `download_failed`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["download_failed"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: Download


class DownloadFile(Model):
    """One file of a download."""
    __slots__ = ()
    filename: str
    """The name of the file."""
    role: FileRole
    language: Union[str, None]
    """Of subtitles, as the source names it; null for everything else."""
    automatic: bool
    """true: a machine made these subtitles from the sound."""
    part: Optional[FilePart]
    size_bytes: int
    """The size of the file."""
    media_type: str
    sha256: str
    """Of the file, 64 hexadecimal digits."""
    download_url: str
    """Where to fetch the file."""
    expired: bool
    """This file has been removed, since its time was over or its owner removed it."""


class DownloadInProgress(Model):
    """`status` is `in_progress`: the download waits or runs."""
    __slots__ = ()
    status: Literal["in_progress"]
    status_message: str
    """What is going on, for people."""
    phase: JobPhase
    downloaded_bytes: Union[float, None]
    total_bytes: Union[float, None]
    """An estimate where the source does not say it."""
    speed_bytes_per_second: Union[float, None]
    eta_seconds: Union[float, None]
    download_id: str
    format_id: Union[str, None]
    """The format that was asked for; null for the best."""
    options: Optional[DownloadOptions]
    destination: Optional[DestinationStatus]
    progress: float
    """0 to 1, never falls."""
    heartbeat_at: Union[str, None]
    """When a worker last saw the job at work. RFC 3339, UTC; null when it has not happened."""
    last_error: Optional[LastError]
    next_attempt_at: Union[str, None]
    """With `last_error` or `waiting_for`: when the next attempt is due. RFC 3339, UTC; null while it runs or waits its turn."""
    waiting_for: Optional[JobWaitReason]
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: Union[str, None]
    """When it ended. RFC 3339, UTC; null when it has not happened."""


class DownloadOptions(Model):
    """What was asked for. Absent where it was only the best."""
    __slots__ = ()
    format_id: Union[str, None]
    """A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred."""
    max_filesize: Optional[int]
    """How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`."""
    audio_language: Optional[str]
    """The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language."""
    compatibility: Optional[Compatibility]
    transcode: Optional[bool]
    """true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again."""
    video_codec: Optional[VideoCodec]
    container: Optional[Container]
    quality: Optional[Quality]
    media: Optional[DownloadMedia]
    audio_format: Optional[AudioFormat]
    audio_bitrate: Optional[int]
    """Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself."""
    strict: Optional[bool]
    """true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false."""
    subtitles: Optional[SubtitleOptions]
    thumbnail: Optional[bool]
    """true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false."""
    embed: Optional[Sequence[EmbeddedPart]]
    """What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing."""
    clips: Optional[Sequence[Clip]]
    """Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so."""
    chapters: Optional[bool]
    """true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false."""
    cookies: Optional[str]
    """The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request."""
    country: Optional[str]
    """The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses."""
    max_age: Optional[int]
    """How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it."""
    expires_in: Optional[int]
    """For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs."""
    retention_seconds: Optional[int]
    """For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same."""
    wait_for_start: Optional[bool]
    """Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once."""
    destination: Optional[DestinationOrigin]


class EngineStatus(Model):
    """What the workers download with. Not there until a worker has checked it."""
    __slots__ = ()
    ok: bool
    """Everything that was checked does what jobs need."""
    checked_at: str
    """When the worker that started last has checked it. RFC 3339, UTC."""
    failed_checks: Sequence[str]
    """Names of what does not do what jobs need, such as `impersonation`. The log of the worker says why."""
    ytdlp_version: Union[str, None]
    ytdlp_age_days: Union[int, None]
    """Whole days since this yt-dlp was released. After some weeks sites change faster than it."""
    curl_cffi_version: Union[str, None]
    """Imitates browsers. null: it is not installed."""
    deno_version: Union[str, None]
    """Runs sites' JavaScript. null: it is not installed."""
    ffmpeg_version: Union[str, None]
    po_token_provider: Optional[PoTokenProviderState]
    updates: Optional[EngineUpdates]


class EngineUpdatesTrial(Model):
    """The version that gets a share of the jobs. Absent: there is none."""
    __slots__ = ()
    version: str
    since: str
    """When the trial began. RFC 3339, UTC."""
    jobs: int
    """How many jobs it was given so far by the worker that tells this."""
    sites: int
    """Of how many sites."""
    broken: int
    """How many of them broke."""
    broken_before: int
    """How many of those broke with the version before as well."""


class EngineUpdatesLastRefused(Model):
    """The version that was rolled back or refused last. Absent: none was."""
    __slots__ = ()
    version: str
    reason: VersionRefusal
    at: str
    """When it was refused. RFC 3339, UTC."""


class EngineUpdates(Model):
    """Newer versions of yt-dlp. Not there with `YTDLP_CHANNEL=pinned`."""
    __slots__ = ()
    channel: Union[Literal["stable", "nightly"], str]
    """Where newer versions come from."""
    trial: Optional[EngineUpdatesTrial]
    """The version that gets a share of the jobs. Absent: there is none."""
    last_refused: Optional[EngineUpdatesLastRefused]
    """The version that was rolled back or refused last. Absent: none was."""
    looked_at: Union[str, None]
    """When a worker last looked for a newer version. RFC 3339, UTC; null when none has yet."""
    look_failed: bool
    """That look found out nothing. The log of the worker says why."""


class ErrorReplyDetails(Model):
    __slots__ = ()
    field: str
    """JSON pointer, or the name of the parameter."""
    message: str


class ErrorReply(Model):
    """An error."""
    __slots__ = ()
    error: str
    """What went wrong and what to do, for people."""
    status_code: int
    """The status of this answer, repeated."""
    code: str
    """A stable word for programs."""
    retryable: bool
    """Whether the same request may work later."""
    doc_url: Optional[str]
    """Where this code is explained."""
    request_id: Optional[str]
    """The id of the request, as in `X-Request-Id` and in the log. Name it when you report a problem."""
    details: Optional[Sequence[ErrorReplyDetails]]
    """Each problem of a request that is not valid."""
    type: Optional[str]
    """The same as `doc_url`. Only with `Accept: application/problem+json` (RFC 9457)."""
    title: Optional[str]
    """What the code means in general. Only with `Accept: application/problem+json` (RFC 9457)."""
    status: Optional[int]
    """The same as `status_code`. Only with `Accept: application/problem+json` (RFC 9457)."""
    detail: Optional[str]
    """The same as `error`. Only with `Accept: application/problem+json` (RFC 9457)."""


class EventLink(Model):
    __slots__ = ()
    url: str
    """Needs no key: whoever has it may follow this one job, until it expires."""
    expires_at: str
    """When the link expires. A stream that is open then goes on to its end. RFC 3339, UTC."""


class FileLink(Model):
    __slots__ = ()
    url: str
    """Needs no key: whoever has it may fetch this file, until it expires."""
    expires_at: str
    """When the link expires. The file itself may be removed before. RFC 3339, UTC."""


class FilePart(Model):
    """Which part of the media a clip or a chapter is."""
    __slots__ = ()
    start: float
    """Where it begins, in seconds of the whole, as it was asked for."""
    end: float
    """Where it ends, in seconds of the whole; at most the end of that."""
    title: Union[str, None]
    """Of a chapter, as the source names it; null where it does not."""


class HealthReply(Model):
    __slots__ = ()
    status: Union[Literal["ok"], str]


class InfoAccepted(Model):
    __slots__ = ()
    job_id: str
    status: AcceptedStatus
    message: str
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    callback_secret: Optional[str]
    """Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone."""
    retry_of: Optional[str]
    """The job that this one repeats."""


class InfoBatchAccepted(Model):
    __slots__ = ()
    jobs: Sequence[InfoBatchEntry]
    """One for each address, in their order: what a request for it alone is answered, or why it was refused."""


class InfoJobCancelled(Model):
    """`status` is `cancelled`: the job will not complete any more."""
    __slots__ = ()
    job_id: str
    status: Literal["cancelled"]
    message: str
    """What happened, for people."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""
    summary: Optional[PlaylistSummary]


class InfoJobCompleted(Model):
    """`status` is `completed`: `video_info` is there."""
    __slots__ = ()
    job_id: str
    status: Literal["completed"]
    video_info: VideoInfo
    cached: bool
    """This was known from shortly before, and the source was not asked again."""
    extracted_at: str
    """When the source was asked. RFC 3339, UTC."""
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""


class InfoJobFailed(Model):
    """`status` is `failed`: `code` says why."""
    __slots__ = ()
    job_id: str
    status: Literal["failed"]
    error: str
    """Why it failed, for people."""
    code: JobFailureCode
    retryable: bool
    """Whether a later job for the same video may work."""
    next_step: str
    """What to do about it, for people."""
    starts_at: Optional[str]
    """When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC."""
    last_error: Optional[LastError]
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""
    summary: Optional[PlaylistSummary]


class InfoJobProcessing(Model):
    """`status` is `processing`: the job waits or runs."""
    __slots__ = ()
    job_id: str
    status: Literal["processing"]
    message: str
    """What is going on, for people."""
    summary: Optional[PlaylistSummary]
    progress: float
    """0 to 1, never falls."""
    heartbeat_at: Union[str, None]
    """When a worker last saw the job at work. RFC 3339, UTC; null when it has not happened."""
    last_error: Optional[LastError]
    next_attempt_at: Union[str, None]
    """With `last_error` or `waiting_for`: when the next attempt is due. RFC 3339, UTC; null while it runs or waits its turn."""
    waiting_for: Optional[JobWaitReason]
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: Union[str, None]
    """When it ended. RFC 3339, UTC; null when it has not happened."""


class IssuedKey(Model):
    """An API key with its secret."""
    __slots__ = ()
    id: str
    """The key itself begins with `vsk_`, this id and `_`."""
    name: str
    status: ApiKeyStatus
    scopes: Sequence[KeyScope]
    allowed_addresses: Sequence[str]
    """Empty: from anywhere."""
    limits: KeyLimits
    created_at: str
    """When the key was made. RFC 3339, UTC."""
    expires_at: Union[str, None]
    """When the key expires. RFC 3339, UTC; null when it never does."""
    revoked_at: Union[str, None]
    """When the key was revoked. RFC 3339, UTC; null when it was not."""
    last_used_at: Union[str, None]
    """When the key was last accepted, to the minute. RFC 3339, UTC; null when it never was."""
    previous_valid_until: Union[str, None]
    """After a rotation: until when the secret before is accepted. RFC 3339, UTC; null when it is not."""
    key: str
    """The key. It is shown this once and stored nowhere."""


class JobCancelledEvent(Model):
    """`type` is `job_cancelled`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["job_cancelled"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: InfoJob


class JobCompleteEvent(Model):
    """`type` is `job_complete`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["job_complete"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: InfoJob


class JobFailedEvent(Model):
    """`type` is `job_failed`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["job_failed"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: InfoJob


class JobList(Model):
    __slots__ = ()
    jobs: Sequence[JobSummary]
    """Newest first."""
    next_cursor: Union[str, None]
    """Give it as `cursor` to get the next page; null on the last one."""


class JobSummary(Model):
    __slots__ = ()
    id: str
    """A `job_id` or a `download_id`."""
    kind: JobKind
    status: str
    """The same word as the status of the job itself."""
    progress: float
    url: str
    status_url: str
    """Where to ask for the whole status."""
    error: Optional[str]
    """failed: why, for people."""
    filename: Optional[str]
    """A completed download: the name of its file."""
    download_url: Optional[str]
    """A completed download: where to fetch its file, as long as it is kept."""
    code: Optional[JobFailureCode]
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    finished_at: Union[str, None]
    """When it ended. RFC 3339, UTC; null when it has not happened."""


class JobWarning(Model):
    """What a job could not have, without failing over it."""
    __slots__ = ()
    code: JobWarningCode
    message: str
    """What is missing, for people."""


class KeyLimits(Model):
    """Limits of this key alone: null is the default of the service, 0 is no limit."""
    __slots__ = ()
    requests_per_minute: Union[int, None]
    """POST /info, /download and retry together."""
    unfinished_downloads: Union[int, None]
    """Downloads that have not ended."""
    storage_bytes: Union[int, None]
    """What the files of this key may take together."""


class KeyList(Model):
    __slots__ = ()
    keys: Sequence[ApiKey]
    """Newest first, revoked ones included."""
    next_cursor: Union[str, None]
    """Give it as `cursor` to get the next page; null on the last one."""


class LastError(Model):
    """Why the last attempt failed of a job that goes on, or that had not ended when its time was over (`job_expired`)."""
    __slots__ = ()
    code: JobFailureCode
    error: str
    """Why the attempt failed, for people."""
    starts_at: Optional[str]
    """When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC."""


class ListEntry(Model):
    """An entry of a list, as the list says it. It may be private, gone, or a list itself."""
    __slots__ = ()
    index: int
    """Its place in the list, counted from 1. Numbers of entries that the source does not show are left out."""
    id: Union[str, None]
    title: Union[str, None]
    url: Union[str, None]
    """To ask for it alone; null where the list has no address for it."""
    duration: Union[float, None]
    """Seconds."""
    uploader: Union[str, None]
    live_status: Union[str, None]


class Platform(Model):
    __slots__ = ()
    name: str
    domain: Union[str, None]
    support_level: SupportLevel
    reason: Optional[str]
    """Why the support is not full."""
    resting_until: Optional[str]
    """The site refused too often, and its jobs wait until then. Absent where they do not wait. RFC 3339, UTC."""


class PlaylistAccepted(Model):
    __slots__ = ()
    job_id: str
    status: AcceptedStatus
    message: str
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    callback_secret: Optional[str]
    """Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone."""
    retry_of: Optional[str]
    """The job that this one repeats."""


class PlaylistBatchAccepted(Model):
    __slots__ = ()
    jobs: Sequence[PlaylistBatchEntry]
    """One for each address, in their order: what a request for it alone is answered, or why it was refused."""


class PlaylistCancelledEvent(Model):
    """`type` is `playlist_cancelled`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["playlist_cancelled"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: PlaylistJob


class PlaylistCompleteEvent(Model):
    """`type` is `playlist_complete`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["playlist_complete"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: PlaylistJob


class PlaylistEntries(Model):
    __slots__ = ()
    entries: Sequence[PlaylistEntry]
    """In the order in which they were chosen. Empty until the list has been read."""
    next_cursor: Union[str, None]
    """Give it as `cursor` to get the next page; null on the last one."""


class PlaylistEntry(Model):
    """An entry of a playlist. `code` is there when it failed, `skip_code` when it was skipped."""
    __slots__ = ()
    position: int
    """Its place in the list, counted from 1."""
    url: Union[str, None]
    """As the list says it; null where no job can be made of it, or an entry before it has the same."""
    title: Union[str, None]
    """As the list says it."""
    job_id: Union[str, None]
    """The id of its job, a `job_id` or a `download_id`; null while there is none."""
    status_url: Union[str, None]
    """Where to ask for the status of its job."""
    state: EntryState
    code: Optional[JobFailureCode]
    skip_code: Optional[EntrySkipCode]


class PlaylistFailedEvent(Model):
    """`type` is `playlist_failed`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["playlist_failed"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: PlaylistJob


class PlaylistJobCompleted(Model):
    """`status` is `completed`: every entry has ended, well or badly; `summary` counts them."""
    __slots__ = ()
    job_id: str
    status: Literal["completed"]
    title: Union[str, None]
    """Of the list."""
    of: EntryKind
    summary: PlaylistSummary
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""


class PlaylistSummary(Model):
    """How many entries of a playlist are in which state, as its worker last saw them, some seconds ago at most."""
    __slots__ = ()
    total: int
    """All entries that were chosen. The other numbers add up to it."""
    queued: int
    """They wait, or have no job yet."""
    running: int
    completed: int
    failed: int
    cancelled: int
    skipped: int
    """They have no job, such as one that is there twice."""


class RefusedJob(Model):
    """A job that was selected, and for which it was too late or too early."""
    __slots__ = ()
    id: str
    """A `job_id` or a `download_id`."""
    error: str
    """Why nothing was done to it, for people."""
    status_code: int
    """The status that a request for this job alone would have had."""
    code: str
    """The same for programs."""


class RefusedUrl(Model):
    """An address of a batch for which no job was made."""
    __slots__ = ()
    url: str
    """As it was sent."""
    error: str
    """Why there is no job for it, for people."""
    status_code: int
    """The status that a request for this address alone would have had."""
    code: str
    """The same for programs."""


class RegisteredWebhookReply(Model):
    """A registration with its secret."""
    __slots__ = ()
    webhook_id: str
    callback_url: str
    events: Sequence[WebhookEvent]
    created_at: str
    """When it was made. RFC 3339, UTC."""
    status: WebhookStatus
    status_reason: Optional[WebhookReason]
    status_since: Union[str, None]
    """When the status last changed. RFC 3339, UTC; null when it never has."""
    last_delivered_at: Union[str, None]
    """When the receiver last took a delivery. RFC 3339, UTC; null when it never has."""
    secret: str
    """Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone."""


class RestingSite(Model):
    """A site that refused too often. Its jobs wait."""
    __slots__ = ()
    site: str
    """The registrable domain."""
    until: str
    """When jobs ask it again. RFC 3339, UTC."""


class RotatedSecretReply(Model):
    __slots__ = ()
    webhook_id: str
    secret: str
    """Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone."""
    previous_secret_valid_until: str
    """Until then everything is signed with both secrets. RFC 3339, UTC."""


class ServiceStatus(Model):
    __slots__ = ()
    service: str
    version: str
    status: ServiceCondition
    queue: Union[Literal["reachable", "unreachable"], str]
    workers: Union[Literal["alive", "none", "unknown"], str]
    engine: Optional[EngineStatus]
    resting_sites: Optional[Sequence[RestingSite]]
    """Known sites that are left alone for a while. Absent where there is none."""


class SubtitleOptions(Model):
    """Subtitles of these languages. As files, each is in `files` with the role `subtitle`. What the source does not have is no failure; the warning `subtitles_missing` says so."""
    __slots__ = ()
    languages: Sequence[str]
    """The languages, as the source names them: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. One file for each."""
    format: Optional[Union[Literal["vtt", "srt"], str]]
    """WebVTT or SubRip; what the source has in another format is rewritten. Absent: `vtt`."""
    deliver: Optional[Union[Literal["file", "embedded", "both"], str]]
    """`file`: files beside the media. `embedded`: tracks of the media file, which then keeps its picture and sound as they are. `both`. Where they do not fit into the media file they lie beside it, and the warning `subtitles_not_embedded` says so. Absent: `file`."""
    automatic: Optional[bool]
    """Whether subtitles that a machine made from the sound may be taken where there are no others in that language. Absent: true."""


class SubtitleTrack(Model):
    """Subtitles in one language."""
    __slots__ = ()
    language: str
    """As the source names it, such as `en` or `pt-BR`."""
    name: Union[str, None]
    """What the source calls it, for people."""
    extensions: Sequence[str]
    """In which formats the source has it. A download makes `vtt` or `srt` of it."""


class Thumbnail(Model):
    """A picture of a video."""
    __slots__ = ()
    url: str
    width: Union[int, None]
    height: Union[int, None]


class TranscriptAccepted(Model):
    __slots__ = ()
    job_id: str
    status: AcceptedStatus
    message: str
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    callback_secret: Optional[str]
    """Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone."""
    retry_of: Optional[str]
    """The job that this one repeats."""


class TranscriptBatchAccepted(Model):
    __slots__ = ()
    jobs: Sequence[TranscriptBatchEntry]
    """One for each address, in their order: what a request for it alone is answered, or why it was refused."""


class TranscriptCancelledEvent(Model):
    """`type` is `transcript_cancelled`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["transcript_cancelled"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: TranscriptJob


class TranscriptCompleteEvent(Model):
    """`type` is `transcript_complete`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["transcript_complete"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: TranscriptJob


class TranscriptFailedEvent(Model):
    """`type` is `transcript_failed`. `data` is what GET of the job answers."""
    __slots__ = ()
    id: str
    """`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice."""
    type: Literal["transcript_failed"]
    timestamp: str
    """When it happened. RFC 3339, UTC."""
    sequence: int
    """Grows with each event of the same job. Events may arrive in any order."""
    data: TranscriptJob


class TranscriptJobCompleted(Model):
    """`status` is `completed`: `segments` and `text` are there, or the transcript lies in `files`."""
    __slots__ = ()
    job_id: str
    status: Literal["completed"]
    title: Union[str, None]
    """Of the video."""
    language: str
    """Of the captions that were taken, as the source names it."""
    source: CaptionSource
    transcript_url: str
    """Where to fetch the transcript as JSON, plain text, SubRip or WebVTT: by `?format=` or `Accept`."""
    segments: Optional[Sequence[TranscriptSegment]]
    """By their start. Absent where they have more than 65536 bytes as JSON: then all forms of the transcript are in `files`."""
    text: Optional[str]
    """All segments, one line each. There exactly where `segments` is."""
    files: Sequence[DownloadFile]
    """Of a long transcript: one file for each form, the JSON first. Each can be fetched, linked and removed. Empty where `segments` is there."""
    expires_at: Union[str, None]
    """When the files will be removed. RFC 3339, UTC; null when there are none, or they are kept for ever."""
    warnings: Optional[Sequence[JobWarning]]
    """What the latest attempt could not have, each kind once. Absent when nothing is missing."""
    kind: JobKind
    url: str
    """The address that was asked for, in its canonical spelling."""
    attempts: int
    """How often the job was tried so far, the running attempt included."""
    retry_of: Optional[str]
    """The job that this one repeats."""
    parent_id: Optional[str]
    """The playlist that made this job of one of its entries."""
    metadata: Optional[Metadata]
    created_at: str
    """When the job was accepted. RFC 3339, UTC."""
    started_at: Union[str, None]
    """When a worker last started it. RFC 3339, UTC; null when it has not happened."""
    job_expires_at: Optional[str]
    """When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC."""
    ytdlp_version: Optional[str]
    """The version of yt-dlp that made this answer, or was the last at work. Absent before the first start."""
    finished_at: str
    """When it ended. RFC 3339, UTC."""


class TranscriptSegment(Model):
    """What is said from `start` to `end`."""
    __slots__ = ()
    start: float
    """Seconds."""
    end: float
    """Seconds; never before `start`."""
    text: str
    """Plain text without line ends, of one sentence or one caption."""


class VideoFormat(Model):
    """One format of a video."""
    __slots__ = ()
    format_id: str
    format_note: Union[str, None]
    ext: Union[str, None]
    filesize: Union[int, None]
    filesize_approx: Union[int, None]
    protocol: Union[str, None]
    vcodec: Union[str, None]
    acodec: Union[str, None]
    width: Union[int, None]
    height: Union[int, None]
    fps: Union[float, None]
    tbr: Union[float, None]
    language: Union[str, None]
    dynamic_range: Union[str, None]
    """`SDR`, `HDR10`, `HDR10+`, `HLG`, `DV`."""
    audio_channels: Union[int, None]
    url: Union[str, None]
    """With `media_urls`: where the media, or its manifest, lies."""
    http_headers: Optional[Mapping[str, str]]
    """With `media_urls`: the headers that it must be asked with. Cookies and credentials are never among them."""


class VideoInfo(Model):
    """What is known about a video."""
    __slots__ = ()
    title: Union[str, None]
    uploader: Union[str, None]
    duration: Union[float, None]
    """Seconds."""
    thumbnail: Union[str, None]
    webpage_url: Union[str, None]
    formats: Sequence[VideoFormat]
    id: Union[str, None]
    description: Union[str, None]
    extractor: Union[str, None]
    upload_date: Union[str, None]
    """YYYYMMDD, as the source says."""
    view_count: Union[int, None]
    age_limit: Union[int, None]
    live_status: Union[str, None]
    playlist_count: Union[int, None]
    channel: Union[str, None]
    channel_id: Union[str, None]
    channel_url: Union[str, None]
    chapters: Sequence[Chapter]
    subtitles: Sequence[SubtitleTrack]
    """Those that people wrote."""
    automatic_captions: Sequence[SubtitleTrack]
    """Those that a machine made, or translated."""
    thumbnails: Sequence[Thumbnail]
    """The best one last; `thumbnail` is one of them, where there are any."""
    best: Sequence[BestFormat]
    """What common downloads would take. Give the `format_id` to have exactly that, or the `request` to have the best at that time."""
    entries: Optional[Sequence[ListEntry]]
    """With the option `entries`, of a list: a page of it. `title` and the like are those of the list then, and `formats` is empty."""
    entries_next: Union[int, None]
    """With `entries`: the `from` of the next page; null on the last one."""
    media_urls_note: Optional[str]
    """With `media_urls`: to whom the addresses belong, for people."""


class WebhookList(Model):
    __slots__ = ()
    webhooks: Sequence[WebhookReply]
    """Newest first."""


class WebhookReply(Model):
    """A registration."""
    __slots__ = ()
    webhook_id: str
    callback_url: str
    events: Sequence[WebhookEvent]
    created_at: str
    """When it was made. RFC 3339, UTC."""
    status: WebhookStatus
    status_reason: Optional[WebhookReason]
    status_since: Union[str, None]
    """When the status last changed. RFC 3339, UTC; null when it never has."""
    last_delivered_at: Union[str, None]
    """When the receiver last took a delivery. RFC 3339, UTC; null when it never has."""


Download = Union[DownloadInProgress, DownloadCompleted, DownloadFailed, DownloadCancelled]
"""A download. Which keys are there depends on `status`."""


DownloadAcceptance = Union[DownloadAccepted, DownloadBatchAccepted]


DownloadBatchEntry = Union[DownloadAccepted, RefusedUrl]


InfoAcceptance = Union[InfoAccepted, InfoBatchAccepted]


InfoBatchEntry = Union[InfoAccepted, RefusedUrl]


InfoJob = Union[InfoJobProcessing, InfoJobCompleted, InfoJobFailed, InfoJobCancelled]
"""An info job. Which keys are there depends on `status`."""


Job = Union[InfoJobProcessing, InfoJobCompleted, TranscriptJobCompleted, PlaylistJobCompleted, InfoJobFailed, InfoJobCancelled]
"""A job of any kind but a download. Which keys are there depends on `status`; those of a completed one depend on `kind` as well."""


PlaylistAcceptance = Union[PlaylistAccepted, PlaylistBatchAccepted]


PlaylistBatchEntry = Union[PlaylistAccepted, RefusedUrl]


PlaylistJob = Union[InfoJobProcessing, PlaylistJobCompleted, InfoJobFailed, InfoJobCancelled]
"""A playlist. Which keys are there depends on `status`."""


RetryAcceptance = Union[InfoAccepted, DownloadAccepted]


TranscriptAcceptance = Union[TranscriptAccepted, TranscriptBatchAccepted]


TranscriptBatchEntry = Union[TranscriptAccepted, RefusedUrl]


TranscriptJob = Union[InfoJobProcessing, TranscriptJobCompleted, InfoJobFailed, InfoJobCancelled]
"""A transcript. Which keys are there depends on `status`."""


KnownWebhookEvent = Union[JobCompleteEvent, JobFailedEvent, JobCancelledEvent, DownloadCompleteEvent, DownloadFailedEvent, DownloadCancelledEvent, TranscriptCompleteEvent, TranscriptFailedEvent, TranscriptCancelledEvent, PlaylistCompleteEvent, PlaylistFailedEvent, PlaylistCancelledEvent]
"""What is posted to a receiver."""
