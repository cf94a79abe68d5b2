// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

export type AcceptedStatus = 'processing' | 'download_started' | (string & {})

/** An API key, without its secret. */
export interface ApiKey {
/** The key itself begins with `vsk_`, this id and `_`. */
id: string
name: string
status: ApiKeyStatus
scopes: ReadonlyArray<KeyScope>
/** Empty: from anywhere. */
allowed_addresses: ReadonlyArray<string>
limits: KeyLimits
/** When the key was made. RFC 3339, UTC. */
created_at: string
/** When the key expires. RFC 3339, UTC; null when it never does. */
expires_at: string | null
/** When the key was revoked. RFC 3339, UTC; null when it was not. */
revoked_at: string | null
/** When the key was last accepted, to the minute. RFC 3339, UTC; null when it never was. */
last_used_at: string | null
/** After a rotation: until when the secret before is accepted. RFC 3339, UTC; null when it is not. */
previous_valid_until: string | null
}

export type ApiKeyStatus = 'active' | 'expired' | 'revoked' | (string & {})

/** What kind of file the sound of `"media": "audio"` shall be. Sound that is encoded so already is not encoded again. `flac` and `wav` keep what the source has, and make it no better. Absent: `best`, as the source has it. */
export type AudioFormat = 'best' | 'mp3' | 'm4a' | 'opus' | 'flac' | 'wav' | (string & {})

export interface BatchDownloadRequest {
/** 1 to 100 addresses, each as `url` would be. */
urls: ReadonlyArray<string>
/** A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred. */
format_id?: string | null
/** How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`. */
max_filesize?: number
/** The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language. */
audio_language?: string
compatibility?: Compatibility
/** true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again. */
transcode?: boolean
video_codec?: VideoCodec
container?: Container
quality?: Quality
media?: DownloadMedia
audio_format?: AudioFormat
/** Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself. */
audio_bitrate?: number
/** true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false. */
strict?: boolean
subtitles?: SubtitleOptions
/** true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false. */
thumbnail?: boolean
/** What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing. */
embed?: ReadonlyArray<EmbeddedPart>
/** Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so. */
clips?: ReadonlyArray<Clip>
/** true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false. */
chapters?: boolean
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
country?: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
retention_seconds?: number
/** Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once. */
wait_for_start?: boolean
destination?: Destination
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

export interface BatchInfoRequest {
/** 1 to 100 addresses, each as `url` would be. */
urls: ReadonlyArray<string>
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false. */
media_urls?: boolean
entries?: EntriesOption
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
country?: string
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once. */
wait_for_start?: boolean
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

export interface BatchPlaylistRequest {
/** 1 to 100 addresses, each as `url` would be. */
urls: ReadonlyArray<string>
/** Which entries of the list, in yt-dlp's words for it: places counted from 1 and ranges, at most 50, joined by commas, in this order. `-1` is the last entry, `-5:` the last five, `1:10:2` every second one of the first ten. What counts from the end reads the whole list. An entry that is named twice is taken once. Absent: all of them. */
items?: string
/** How many entries are taken at most, after `items` has chosen among them. At most what this service allows (`MAX_PLAYLIST_ITEMS`), which is also what absent means. */
max_items?: number
of?: EntryKind
options?: EntryOptions
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
country?: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
retention_seconds?: number
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

export interface BatchTranscriptRequest {
/** 1 to 100 addresses, each as `url` would be. */
urls: ReadonlyArray<string>
/** The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is. */
language?: string
source?: CaptionSource
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
retention_seconds?: number
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

/** What a download that asks for this takes, of the formats that there are now. */
export interface BestFormat {
request: DownloadOptions
/** What it takes; null: nothing here answers it. */
format_id: string | null
}

export interface CancelReply {
job_id: string
status: InfoJobStatus
message: string
}

export interface CancelledJobs {
/** The ids of the jobs that were cancelled. */
cancelled: ReadonlyArray<string>
/** Those that could not be, and why. */
refused: ReadonlyArray<RefusedJob>
/** Send the same conditions with it as `cursor`: there may be more such jobs, also where this answer names none. null: there are no more. */
next_cursor: string | null
}

/** `manual`: people wrote the captions. `automatic`: a machine made them from the sound, or translated them. Absent in a request: `manual` before `automatic` in the same language. */
export type CaptionSource = 'manual' | 'automatic' | (string & {})

export interface ChangeWebhookBody {
/** Where events are posted: absolute, http or https, without credentials, reachable from the internet. */
callback_url?: string
/** Which events are sent. */
events?: ReadonlyArray<WebhookEvent>
status?: WantedWebhookStatus
}

/** A part of a video, as the source names it. */
export interface Chapter {
title: string | null
/** Seconds from the beginning. */
start: number | null
/** Seconds from the beginning. */
end: number | null
}

export interface Clip {
/** Where the clip begins, in seconds. */
start: number
/** Where it ends, in seconds: at least 0.1 after it begins. What lies beyond the end of the video is left out. */
end: number
/** true: the clip begins and ends within one picture of these times, for which it is encoded again, with H.264 and AAC in mp4. All of these together last two hours at most. Absent: it is not encoded again, and begins with the last key picture before its time, most often some seconds earlier. */
exact?: boolean
}

/** `universal`: H.264 with AAC in mp4, which all usual players and browsers play, before the size of the picture counts. Where the source does not have it, the warning `compatibility_unavailable` says so; with `transcode` it is encoded again. Absent: the best picture. */
export type Compatibility = 'universal' | (string & {})

/** What kind of file picture and sound shall be put into. Formats that fit into it without being encoded again are taken before others. Where the source has none, the warning `container_unavailable` says so. Absent: mp4 or webm where the best formats fit into it, else mkv. */
export type Container = 'mp4' | 'webm' | 'mkv' | (string & {})

export interface CookieSetList {
/** By name. */
cookies: ReadonlyArray<CookieSetReply>
}

/** What is known of a cookie set. The cookies themselves are never shown. */
export interface CookieSetReply {
name: string
/** The registrable domains of the cookies. Jobs for pages of these sites alone can use the set. */
domains: ReadonlyArray<string>
/** How many cookies there are. */
count: number
/** When the first of them expires. RFC 3339, UTC; null when none of them says. */
earliest_expiry: string | null
verdict: CookieVerdict
/** When the set was first stored. RFC 3339, UTC. */
created_at: string
/** When cookies of it last changed: by you, or by a site that replaced them. RFC 3339, UTC. */
changed_at: string
/** When a job last began with it. RFC 3339, UTC; null when none has. */
last_used_at: string | null
}

/** `unknown`: no job has ended with this set yet. `valid`: the last one that used it was not asked to sign in. `rotated`: the same, and the site has replaced cookies of the set since it was stored, so the export that it was made from is out of date. `expired`: all cookies are past their time, or the site no longer takes them; store new ones. */
export type CookieVerdict = 'valid' | 'expired' | 'rotated' | 'unknown' | (string & {})

export interface CreateArchiveLinkBody {
/** For how many seconds the link works. Absent: 3600. */
expires_in?: number
}

export interface CreateFileLinkBody {
/** For how many seconds the link works. Absent: 3600. */
expires_in?: number
/** `attachment` (default) saves the file, `inline` shows it. */
disposition?: 'attachment' | 'inline' | (string & {})
}

export interface CreateKeyBody {
/** For people: who uses the key, and what for. */
name: string
/** `read` looks, `write` makes, cancels and deletes, `cookies` stores and uses cookie sets, `admin` manages keys. None implies another. */
scopes: ReadonlyArray<KeyScope>
/** RFC 3339, in the future: from then on the key is refused. Null: never. */
expires_at?: string | null
/** Addresses and CIDRs from which the key may be used. Empty: from anywhere. */
allowed_addresses?: ReadonlyArray<string>
/** Limits of this key alone: null is the default of the service, 0 is no limit. */
limits?: {
/** POST /info, /download and retry together. */
requests_per_minute?: number | null
/** Downloads that have not ended. */
unfinished_downloads?: number | null
/** What the files of this key may take together. */
storage_bytes?: number | null
}
}

export interface DeletedJobs {
/** The ids of the jobs that were removed. */
deleted: ReadonlyArray<string>
/** Those that could not be, and why. */
refused: ReadonlyArray<RefusedJob>
/** Send the same conditions with it as `cursor`: there may be more such jobs, also where this answer names none. null: there are no more. */
next_cursor: string | null
}

export type DeliveredEvent = 'job_complete' | 'job_failed' | 'job_cancelled' | 'download_complete' | 'download_failed' | 'download_cancelled' | 'transcript_complete' | 'transcript_failed' | 'transcript_cancelled' | 'playlist_complete' | 'playlist_failed' | 'playlist_cancelled' | 'test' | (string & {})

export interface DeliveriesAccepted {
/** How many are sent again. */
count: number
status: DeliveryStatus
}

/** It is on its way; the log of deliveries says what became of it. */
export interface DeliveryAccepted {
delivery_id: string
status: DeliveryStatus
}

/** One attempt to deliver an event. */
export interface DeliveryAttempt {
/** When it began. RFC 3339, UTC. */
at: string
latency_ms: number
/** Null: there was no answer; `error` says why. */
response_status: number | null
/** The first bytes of the answer, as text. */
response_body: string | null
/** Why the attempt does not count as delivered. */
error: string | null
}

export interface DeliveryList {
/** Newest first. */
deliveries: ReadonlyArray<DeliveryReply>
/** Give it as `cursor` to get the next page; null on the last one. */
next_cursor: string | null
}

/** One event on its way to one receiver. */
export interface DeliveryReply {
/** The header `webhook-id` of every attempt. */
delivery_id: string
event: DeliveredEvent
/** The `job_id` or `download_id` that the event is about. */
subject_id: string | null
status: DeliveryStatus
/** When it was made. RFC 3339, UTC. */
created_at: string
attempts: number
/** When the next attempt is due. RFC 3339, UTC; null when none is. */
next_attempt_at: string | null
/** The last ten, newest first. */
last_attempts: ReadonlyArray<DeliveryAttempt>
}

export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'skipped' | (string & {})

/** Where the finished file is delivered to, before the job completes. The file also stays here, as always. One address takes one file, so this must not stand beside `urls`, `clips`, `chapters`, `thumbnail`, and `subtitles` that are files. Where the store refuses the file, the job fails with `delivery_refused`; where it cannot be reached or does not answer well in three attempts, with `delivery_failed`. */
export interface Destination {
/** A presigned address of your own store, http or https, without credentials. The file is sent there with one `PUT`, with `Content-Length` and with its media type as `Content-Type`, so sign it for that media type or for none. Redirects are not followed. It must be a public address, and stay valid until the file has been fetched. */
put_url: string
}

export interface DestinationOrigin {
/** Scheme, host and port of `put_url`. Its path and its signature are shown nowhere. */
origin: string
}

/** With the option `destination`: where the file goes. */
export interface DestinationStatus {
/** Scheme, host and port of `put_url`. Its path and its signature are shown nowhere. */
origin: string
/** When the store had taken the file whole RFC 3339, UTC; null until then. */
delivered_at: string | null
}

/** A download. Which keys are there depends on `status`. */
export type Download = DownloadInProgress | DownloadCompleted | DownloadFailed | DownloadCancelled

export type DownloadAcceptance = DownloadAccepted | DownloadBatchAccepted

export interface DownloadAccepted {
status: AcceptedStatus
download_id: string
message: string
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
callback_secret?: string
/** The job that this one repeats. */
retry_of?: string
}

export interface DownloadBatchAccepted {
/** One for each address, in their order: what a request for it alone is answered, or why it was refused. */
jobs: ReadonlyArray<DownloadBatchEntry>
}

export type DownloadBatchEntry = DownloadAccepted | RefusedUrl

/** `status` is `cancelled`: the download will not complete any more. */
export interface DownloadCancelled {
status: 'cancelled'
download_id: string
/** The format that was asked for; null for the best. */
format_id: string | null
options?: DownloadOptions
destination?: DestinationStatus
/** What happened, for people. */
message: string
kind: JobKind
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
}

/** `type` is `download_cancelled`. `data` is what GET of the job answers. */
export interface DownloadCancelledEvent {
type: 'download_cancelled'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: Download
}

/** `type` is `download_complete`. `data` is what GET of the job answers. */
export interface DownloadCompleteEvent {
type: 'download_complete'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: Download
}

/** `status` is `completed`: the file is at `download_url` until it expires. */
export interface DownloadCompleted {
status: 'completed'
/** The name of the file. */
filename: string
/** The size of the file. */
size_bytes: number
/** Where to fetch the file. */
download_url: string
title: string | null
media_type: string
/** Seconds. */
duration: number | null
/** Of the file, 64 hexadecimal digits. */
sha256: string
/** When the file will be removed. RFC 3339, UTC; null when it is kept for ever. */
expires_at: string | null
/** The file has been removed, since its time was over or its owner removed it. */
expired: boolean
/** All files of the download, the media first. Each can be fetched, linked and removed like the media. */
files: ReadonlyArray<DownloadFile>
/** Where to fetch all files of the download that are still there, as one zip. */
archive_url: string
/** The file was there from an earlier download, with its own `expires_at`. */
cached: boolean
download_id: string
/** The format that was asked for; null for the best. */
format_id: string | null
options?: DownloadOptions
destination?: DestinationStatus
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: JobKind
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
}

export interface DownloadEntry {
filename: string
/** The size of the file. */
size_bytes: number
/** UTC, `YYYY-MM-DDTHH:MM:SS`. */
created: string
/** Where to fetch the file. */
url: string
/** The same instant as `created`. RFC 3339, UTC. */
created_at: string
title: string | null
source_url: string
/** Seconds. */
duration: number | null
media_type: string
sha256: string
download_id: string
/** When the file will be removed. RFC 3339, UTC; null when it is kept for ever. */
expires_at: string | null
role: FileRole
/** Of subtitles, as the source names it; null for everything else. */
language: string | null
/** Of the first media file of a download: all files of it that are still there. Of any other file: that file. */
files: ReadonlyArray<DownloadFile>
}

/** `status` is `failed`: `code` says why. */
export interface DownloadFailed {
status: 'failed'
download_id: string
/** The format that was asked for; null for the best. */
format_id: string | null
options?: DownloadOptions
destination?: DestinationStatus
/** Why it failed, for people. */
error: string
code: JobFailureCode
/** Whether a later job for the same video may work. */
retryable: boolean
/** What to do about it, for people. */
next_step: string
/** When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC. */
starts_at?: string
last_error?: LastError
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: JobKind
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
}

/** `type` is `download_failed`. `data` is what GET of the job answers. */
export interface DownloadFailedEvent {
type: 'download_failed'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: Download
}

/** One file of a download. */
export interface DownloadFile {
/** The name of the file. */
filename: string
role: FileRole
/** Of subtitles, as the source names it; null for everything else. */
language: string | null
/** true: a machine made these subtitles from the sound. */
automatic: boolean
part?: FilePart
/** The size of the file. */
size_bytes: number
media_type: string
/** Of the file, 64 hexadecimal digits. */
sha256: string
/** Where to fetch the file. */
download_url: string
/** This file has been removed, since its time was over or its owner removed it. */
expired: boolean
}

/** `status` is `in_progress`: the download waits or runs. */
export interface DownloadInProgress {
status: 'in_progress'
/** What is going on, for people. */
status_message: string
phase: JobPhase
downloaded_bytes: number | null
/** An estimate where the source does not say it. */
total_bytes: number | null
speed_bytes_per_second: number | null
eta_seconds: number | null
download_id: string
/** The format that was asked for; null for the best. */
format_id: string | null
options?: DownloadOptions
destination?: DestinationStatus
/** 0 to 1, never falls. */
progress: number
/** When a worker last saw the job at work. RFC 3339, UTC; null when it has not happened. */
heartbeat_at: string | null
last_error?: LastError
/** With `last_error` or `waiting_for`: when the next attempt is due. RFC 3339, UTC; null while it runs or waits its turn. */
next_attempt_at?: string | null
waiting_for?: JobWaitReason
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: JobKind
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC; null when it has not happened. */
finished_at: string | null
}

/** `audio`: the sound alone, with title, artist and date as tags. Without an `audio_format` it stays encoded as it is. Absent: `video`. */
export type DownloadMedia = 'video' | 'audio' | (string & {})

/** What was asked for. Absent where it was only the best. */
export interface DownloadOptions {
/** A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred. */
format_id?: string | null
/** How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`. */
max_filesize?: number
/** The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language. */
audio_language?: string
compatibility?: Compatibility
/** true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again. */
transcode?: boolean
video_codec?: VideoCodec
container?: Container
quality?: Quality
media?: DownloadMedia
audio_format?: AudioFormat
/** Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself. */
audio_bitrate?: number
/** true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false. */
strict?: boolean
subtitles?: SubtitleOptions
/** true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false. */
thumbnail?: boolean
/** What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing. */
embed?: ReadonlyArray<EmbeddedPart>
/** Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so. */
clips?: ReadonlyArray<Clip>
/** true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false. */
chapters?: boolean
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
country?: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
retention_seconds?: number
/** Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once. */
wait_for_start?: boolean
destination?: DestinationOrigin
}

export type DownloadRequest = SingleDownloadRequest | BatchDownloadRequest

export type DownloadStatus = 'in_progress' | 'completed' | 'failed' | 'cancelled' | (string & {})

export type EmbeddedPart = 'metadata' | 'chapters' | 'thumbnail' | (string & {})

/** What the workers download with. Not there until a worker has checked it. */
export interface EngineStatus {
/** Everything that was checked does what jobs need. */
ok: boolean
/** When the worker that started last has checked it. RFC 3339, UTC. */
checked_at: string
/** Names of what does not do what jobs need, such as `impersonation`. The log of the worker says why. */
failed_checks: ReadonlyArray<string>
ytdlp_version: string | null
/** Whole days since this yt-dlp was released. After some weeks sites change faster than it. */
ytdlp_age_days: number | null
/** Imitates browsers. null: it is not installed. */
curl_cffi_version: string | null
/** Runs sites' JavaScript. null: it is not installed. */
deno_version: string | null
ffmpeg_version: string | null
po_token_provider?: PoTokenProviderState
updates?: EngineUpdates
}

/** Newer versions of yt-dlp. Not there with `YTDLP_CHANNEL=pinned`. */
export interface EngineUpdates {
/** Where newer versions come from. */
channel: 'stable' | 'nightly' | (string & {})
/** The version that gets a share of the jobs. Absent: there is none. */
trial?: {
version: string
/** When the trial began. RFC 3339, UTC. */
since: string
/** How many jobs it was given so far by the worker that tells this. */
jobs: number
/** Of how many sites. */
sites: number
/** How many of them broke. */
broken: number
/** How many of those broke with the version before as well. */
broken_before: number
}
/** The version that was rolled back or refused last. Absent: none was. */
last_refused?: {
version: string
reason: VersionRefusal
/** When it was refused. RFC 3339, UTC. */
at: string
}
/** When a worker last looked for a newer version. RFC 3339, UTC; null when none has yet. */
looked_at: string | null
/** That look found out nothing. The log of the worker says why. */
look_failed: boolean
}

/** Where the address leads to a list, such as a playlist or a channel: tell its entries (`entries`), as the list says them, in place of its first video. None of them is looked at, so it is fast, and private or broken ones are among them. `entries_next` says where the next page begins. For the address of a video this changes nothing. */
export interface EntriesOption {
/** The first one, counted from 1. Absent: 1. */
from?: number
/** How many. Absent: 50. */
count?: number
}

/** Which kind of job is made of each entry. Absent: `download`. */
export type EntryKind = 'download' | 'info' | 'transcript' | (string & {})

/** Options of the job that is made of each entry, the same for all: those of its kind, as in a request for it alone. `cookies`, `country`, `max_age` and `retention_seconds` stand beside them. `expires_in` here is for each entry, from the making of its job on; beside them it is for the whole list. */
export interface EntryOptions {
/** true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false. */
media_urls?: boolean
entries?: EntriesOption
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once. */
wait_for_start?: boolean
/** The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is. */
language?: string
source?: CaptionSource
/** A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred. */
format_id?: string | null
/** How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`. */
max_filesize?: number
/** The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language. */
audio_language?: string
compatibility?: Compatibility
/** true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again. */
transcode?: boolean
video_codec?: VideoCodec
container?: Container
quality?: Quality
media?: DownloadMedia
audio_format?: AudioFormat
/** Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself. */
audio_bitrate?: number
/** true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false. */
strict?: boolean
subtitles?: SubtitleOptions
/** true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false. */
thumbnail?: boolean
/** What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing. */
embed?: ReadonlyArray<EmbeddedPart>
/** Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so. */
clips?: ReadonlyArray<Clip>
/** true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false. */
chapters?: boolean
}

/** `duplicate`: an entry before it has the same address. `no_address`: the list has none for it alone. `invalid_url`: its address is none that a job can have. `list_too_large`: the addresses and titles of the entries up to it take more than 1 MiB. `job_removed`: its job was removed before the playlist saw its end. `playlist_failed`: the playlist ended before its turn. */
export type EntrySkipCode = 'duplicate' | 'no_address' | 'invalid_url' | 'list_too_large' | 'job_removed' | 'playlist_failed' | (string & {})

/** `queued`: its job waits, or is not made yet. `skipped`: it has no job, and `skip_code` says why. The others are those of its job. */
export type EntryState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'skipped' | (string & {})

/** An error. */
export interface ErrorReply {
/** What went wrong and what to do, for people. */
error: string
/** The status of this answer, repeated. */
status_code: number
/** A stable word for programs. */
code: string
/** Whether the same request may work later. */
retryable: boolean
/** Where this code is explained. */
doc_url?: string
/** The id of the request, as in `X-Request-Id` and in the log. Name it when you report a problem. */
request_id?: string
/** Each problem of a request that is not valid. */
details?: ReadonlyArray<{
/** JSON pointer, or the name of the parameter. */
field: string
message: string
}>
/** The same as `doc_url`. Only with `Accept: application/problem+json` (RFC 9457). */
type?: string
/** What the code means in general. Only with `Accept: application/problem+json` (RFC 9457). */
title?: string
/** The same as `status_code`. Only with `Accept: application/problem+json` (RFC 9457). */
status?: number
/** The same as `error`. Only with `Accept: application/problem+json` (RFC 9457). */
detail?: string
}

export interface EventLink {
/** Needs no key: whoever has it may follow this one job, until it expires. */
url: string
/** When the link expires. A stream that is open then goes on to its end. RFC 3339, UTC. */
expires_at: string
}

export interface FileLink {
/** Needs no key: whoever has it may fetch this file, until it expires. */
url: string
/** When the link expires. The file itself may be removed before. RFC 3339, UTC. */
expires_at: string
}

/** Which part of the media a clip or a chapter is. */
export interface FilePart {
/** Where it begins, in seconds of the whole, as it was asked for. */
start: number
/** Where it ends, in seconds of the whole; at most the end of that. */
end: number
/** Of a chapter, as the source names it; null where it does not. */
title: string | null
}

/** What a file of a download is for. The first `media` file is what the keys outside of `files` describe. */
export type FileRole = 'media' | 'clip' | 'chapter' | 'subtitle' | 'transcript' | 'thumbnail' | 'info' | (string & {})

export interface HealthReply {
status: 'ok' | (string & {})
}

export type InfoAcceptance = InfoAccepted | InfoBatchAccepted

export interface InfoAccepted {
job_id: string
status: AcceptedStatus
message: string
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
callback_secret?: string
/** The job that this one repeats. */
retry_of?: string
}

export interface InfoBatchAccepted {
/** One for each address, in their order: what a request for it alone is answered, or why it was refused. */
jobs: ReadonlyArray<InfoBatchEntry>
}

export type InfoBatchEntry = InfoAccepted | RefusedUrl

/** An info job. Which keys are there depends on `status`. */
export type InfoJob = InfoJobProcessing | InfoJobCompleted | InfoJobFailed | InfoJobCancelled

/** `status` is `cancelled`: the job will not complete any more. */
export interface InfoJobCancelled {
job_id: string
status: 'cancelled'
/** What happened, for people. */
message: string
kind: JobKind
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
summary?: PlaylistSummary
}

/** `status` is `completed`: `video_info` is there. */
export interface InfoJobCompleted {
job_id: string
status: 'completed'
video_info: VideoInfo
/** This was known from shortly before, and the source was not asked again. */
cached: boolean
/** When the source was asked. RFC 3339, UTC. */
extracted_at: string
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: 'info'
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
}

/** `status` is `failed`: `code` says why. */
export interface InfoJobFailed {
job_id: string
status: 'failed'
/** Why it failed, for people. */
error: string
code: JobFailureCode
/** Whether a later job for the same video may work. */
retryable: boolean
/** What to do about it, for people. */
next_step: string
/** When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC. */
starts_at?: string
last_error?: LastError
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: JobKind
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
summary?: PlaylistSummary
}

/** `status` is `processing`: the job waits or runs. */
export interface InfoJobProcessing {
job_id: string
status: 'processing'
/** What is going on, for people. */
message: string
summary?: PlaylistSummary
/** 0 to 1, never falls. */
progress: number
/** When a worker last saw the job at work. RFC 3339, UTC; null when it has not happened. */
heartbeat_at: string | null
last_error?: LastError
/** With `last_error` or `waiting_for`: when the next attempt is due. RFC 3339, UTC; null while it runs or waits its turn. */
next_attempt_at?: string | null
waiting_for?: JobWaitReason
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: JobKind
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC; null when it has not happened. */
finished_at: string | null
}

export type InfoJobStatus = 'processing' | 'completed' | 'failed' | 'cancelled' | (string & {})

export type InfoRequest = SingleInfoRequest | BatchInfoRequest

/** An API key with its secret. */
export interface IssuedKey {
/** The key itself begins with `vsk_`, this id and `_`. */
id: string
name: string
status: ApiKeyStatus
scopes: ReadonlyArray<KeyScope>
/** Empty: from anywhere. */
allowed_addresses: ReadonlyArray<string>
limits: KeyLimits
/** When the key was made. RFC 3339, UTC. */
created_at: string
/** When the key expires. RFC 3339, UTC; null when it never does. */
expires_at: string | null
/** When the key was revoked. RFC 3339, UTC; null when it was not. */
revoked_at: string | null
/** When the key was last accepted, to the minute. RFC 3339, UTC; null when it never was. */
last_used_at: string | null
/** After a rotation: until when the secret before is accepted. RFC 3339, UTC; null when it is not. */
previous_valid_until: string | null
/** The key. It is shown this once and stored nowhere. */
key: string
}

/** A job of any kind but a download. Which keys are there depends on `status`; those of a completed one depend on `kind` as well. */
export type Job = InfoJobProcessing | InfoJobCompleted | TranscriptJobCompleted | PlaylistJobCompleted | InfoJobFailed | InfoJobCancelled

/** `type` is `job_cancelled`. `data` is what GET of the job answers. */
export interface JobCancelledEvent {
type: 'job_cancelled'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: InfoJob
}

/** `type` is `job_complete`. `data` is what GET of the job answers. */
export interface JobCompleteEvent {
type: 'job_complete'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: InfoJob
}

/** `type` is `job_failed`. `data` is what GET of the job answers. */
export interface JobFailedEvent {
type: 'job_failed'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: InfoJob
}

export type JobFailureCode = 'unsupported_url' | 'video_unavailable' | 'format_unavailable' | 'option_unavailable' | 'rate_limited' | 'forbidden' | 'bot_check' | 'impersonation_missing' | 'no_captions' | 'login_required' | 'cookies_expired' | 'age_restricted' | 'private_video' | 'geo_restricted' | 'drm_protected' | 'sabr_only' | 'live_not_supported' | 'live_not_started' | 'blocked_target' | 'exit_unavailable' | 'file_too_large' | 'disk_full' | 'quota_exceeded' | 'network_error' | 'bad_certificate' | 'timeout' | 'stalled' | 'cpu_limit_exceeded' | 'memory_limit_exceeded' | 'transcode_limit' | 'extractor_broken' | 'postprocessing_failed' | 'invalid_media' | 'delivery_blocked' | 'delivery_refused' | 'delivery_failed' | 'job_expired' | 'worker_crashed' | 'internal_error' | (string & {})

export type JobKind = 'info' | 'download' | 'transcript' | 'playlist' | (string & {})

export interface JobList {
/** Newest first. */
jobs: ReadonlyArray<JobSummary>
/** Give it as `cursor` to get the next page; null on the last one. */
next_cursor: string | null
}

export type JobPhase = 'queued' | 'extracting' | 'downloading' | 'processing' | 'finalizing' | (string & {})

/** The own jobs for which all of these conditions hold, newest first. At least one condition is needed; of `metadata` every entry must be there. */
export interface JobSelection {
status?: JobStatusWord
kind?: JobKind
/** Only jobs that this playlist has made of its entries. */
parent_id?: string
/** Only jobs that were made later than this. RFC 3339. */
created_after?: string
/** Only jobs that were made earlier than this. RFC 3339. */
created_before?: string
metadata?: Metadata
/** How many jobs this request may change. Absent: 100. */
limit?: number
/** `next_cursor` of the request before. */
cursor?: string
}

/** Only jobs whose status is this word. An info job that has not ended is `processing`, a download that has not ended is `in_progress`. */
export type JobStatusWord = 'processing' | 'completed' | 'failed' | 'cancelled' | 'in_progress' | (string & {})

export interface JobSummary {
/** A `job_id` or a `download_id`. */
id: string
kind: JobKind
/** The same word as the status of the job itself. */
status: string
progress: number
url: string
/** Where to ask for the whole status. */
status_url: string
/** failed: why, for people. */
error?: string
/** A completed download: the name of its file. */
filename?: string
/** A completed download: where to fetch its file, as long as it is kept. */
download_url?: string
code?: JobFailureCode
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When it ended. RFC 3339, UTC; null when it has not happened. */
finished_at: string | null
}

/** `site_rest`: the site has refused too often, and is left alone for a while. `site_rate`: the site is asked only so often, and other jobs are first. `transcode_turn`: a download with `transcode`, and as many of them run as may at once. */
export type JobWaitReason = 'site_rest' | 'site_rate' | 'transcode_turn' | (string & {})

/** What a job could not have, without failing over it. */
export interface JobWarning {
code: JobWarningCode
/** What is missing, for people. */
message: string
}

export type JobWarningCode = 'formats_missing' | 'formats_skipped' | 'metadata_incomplete' | 'subtitles_missing' | 'subtitles_not_embedded' | 'thumbnail_missing' | 'chapters_missing' | 'clips_missing' | 'embedding_incomplete' | 'generic_extraction' | 'javascript_missing' | 'impersonation_missing' | 'target_blocked' | 'more_videos' | 'entries_skipped' | 'segments_missing' | 'length_differs' | 'result_shortened' | 'container_changed' | 'stream_missing' | 'quality_unavailable' | 'video_codec_unavailable' | 'audio_language_unavailable' | 'container_unavailable' | 'compatibility_unavailable' | 'video_transcoded' | 'audio_transcoded' | 'transcode_limit' | 'transcode_failed' | 'streams_left_out' | 'cookies_expired' | 'po_token_missing' | 'po_token_failed' | 'site_broken' | 'unspecified' | (string & {})

/** A cookie, as extensions of browsers, Playwright and Puppeteer export it. */
export interface JsonCookie {
/** With a dot in front, it is also sent to the names below. */
domain: string
name: string
value: string
/** Absent: `/`. */
path?: string
/** Seconds since 1970. Absent, null, 0 or negative: until the session ends. */
expires?: number | null
/** Seconds since 1970. Absent, null, 0 or negative: until the session ends. */
expirationDate?: number | null
secure?: boolean
httpOnly?: boolean
/** true: never sent to the names below `domain`. */
hostOnly?: boolean
}

/** Limits of this key alone: null is the default of the service, 0 is no limit. */
export interface KeyLimits {
/** POST /info, /download and retry together. */
requests_per_minute: number | null
/** Downloads that have not ended. */
unfinished_downloads: number | null
/** What the files of this key may take together. */
storage_bytes: number | null
}

export interface KeyList {
/** Newest first, revoked ones included. */
keys: ReadonlyArray<ApiKey>
/** Give it as `cursor` to get the next page; null on the last one. */
next_cursor: string | null
}

export type KeyScope = 'read' | 'write' | 'cookies' | 'admin' | (string & {})

/** Why the last attempt failed of a job that goes on, or that had not ended when its time was over (`job_expired`). */
export interface LastError {
code: JobFailureCode
/** Why the attempt failed, for people. */
error: string
/** When the stream starts, as the source says. Absent where it does not say, and with every other code. RFC 3339, UTC. */
starts_at?: string
}

/** An entry of a list, as the list says it. It may be private, gone, or a list itself. */
export interface ListEntry {
/** Its place in the list, counted from 1. Numbers of entries that the source does not show are left out. */
index: number
id: string | null
title: string | null
/** To ask for it alone; null where the list has no address for it. */
url: string | null
/** Seconds. */
duration: number | null
uploader: string | null
live_status: string | null
}

/** Your own texts about the job, by names of your own. At most 16; a name has 1 to 40 letters, digits, `_`, `.` or `-`, a value at most 500 characters, all together 2048 bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them. */
export type Metadata = Record<string, string>

export interface Platform {
name: string
domain: string | null
support_level: SupportLevel
/** Why the support is not full. */
reason?: string
/** The site refused too often, and its jobs wait until then. Absent where they do not wait. RFC 3339, UTC. */
resting_until?: string
}

export type PlaylistAcceptance = PlaylistAccepted | PlaylistBatchAccepted

export interface PlaylistAccepted {
job_id: string
status: AcceptedStatus
message: string
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
callback_secret?: string
/** The job that this one repeats. */
retry_of?: string
}

export interface PlaylistBatchAccepted {
/** One for each address, in their order: what a request for it alone is answered, or why it was refused. */
jobs: ReadonlyArray<PlaylistBatchEntry>
}

export type PlaylistBatchEntry = PlaylistAccepted | RefusedUrl

/** `type` is `playlist_cancelled`. `data` is what GET of the job answers. */
export interface PlaylistCancelledEvent {
type: 'playlist_cancelled'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: PlaylistJob
}

/** `type` is `playlist_complete`. `data` is what GET of the job answers. */
export interface PlaylistCompleteEvent {
type: 'playlist_complete'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: PlaylistJob
}

export interface PlaylistEntries {
/** In the order in which they were chosen. Empty until the list has been read. */
entries: ReadonlyArray<PlaylistEntry>
/** Give it as `cursor` to get the next page; null on the last one. */
next_cursor: string | null
}

/** An entry of a playlist. `code` is there when it failed, `skip_code` when it was skipped. */
export interface PlaylistEntry {
/** Its place in the list, counted from 1. */
position: number
/** As the list says it; null where no job can be made of it, or an entry before it has the same. */
url: string | null
/** As the list says it. */
title: string | null
/** The id of its job, a `job_id` or a `download_id`; null while there is none. */
job_id: string | null
/** Where to ask for the status of its job. */
status_url: string | null
state: EntryState
code?: JobFailureCode
skip_code?: EntrySkipCode
}

/** `type` is `playlist_failed`. `data` is what GET of the job answers. */
export interface PlaylistFailedEvent {
type: 'playlist_failed'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: PlaylistJob
}

/** A playlist. Which keys are there depends on `status`. */
export type PlaylistJob = InfoJobProcessing | PlaylistJobCompleted | InfoJobFailed | InfoJobCancelled

/** `status` is `completed`: every entry has ended, well or badly; `summary` counts them. */
export interface PlaylistJobCompleted {
job_id: string
status: 'completed'
/** Of the list. */
title: string | null
of: EntryKind
summary: PlaylistSummary
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: 'playlist'
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
}

export type PlaylistRequest = SinglePlaylistRequest | BatchPlaylistRequest

/** How many entries of a playlist are in which state, as its worker last saw them, some seconds ago at most. */
export interface PlaylistSummary {
/** All entries that were chosen. The other numbers add up to it. */
total: number
/** They wait, or have no job yet. */
queued: number
running: number
completed: number
failed: number
cancelled: number
/** They have no job, such as one that is there twice. */
skipped: number
}

/** `none`: no provider of PO tokens is set up, and none are used. `unreachable`: it does not answer, and jobs go on without tokens. */
export type PoTokenProviderState = 'none' | 'reachable' | 'unreachable' | (string & {})

/** How large the picture shall be: a height, `best`, or `smallest` for the smallest file. Where the height is not to be had, the next smaller one is taken, else the next larger one, and the warning `quality_unavailable` says so. A picture that is cropped or upright counts as the height that its wider side stands for. Absent: `best`. */
export type Quality = 'best' | '4320p' | '2160p' | '1440p' | '1080p' | '720p' | '480p' | '360p' | '240p' | '144p' | 'smallest' | (string & {})

/** A job that was selected, and for which it was too late or too early. */
export interface RefusedJob {
/** A `job_id` or a `download_id`. */
id: string
/** Why nothing was done to it, for people. */
error: string
/** The status that a request for this job alone would have had. */
status_code: number
/** The same for programs. */
code: string
}

/** An address of a batch for which no job was made. */
export interface RefusedUrl {
/** As it was sent. */
url: string
/** Why there is no job for it, for people. */
error: string
/** The status that a request for this address alone would have had. */
status_code: number
/** The same for programs. */
code: string
}

export interface RegisterWebhookBody {
/** Where events are posted: absolute, http or https, without credentials, reachable from the internet. */
callback_url: string
/** Which events are sent. */
events: ReadonlyArray<WebhookEvent>
}

/** A registration with its secret. */
export interface RegisteredWebhookReply {
webhook_id: string
callback_url: string
events: ReadonlyArray<WebhookEvent>
/** When it was made. RFC 3339, UTC. */
created_at: string
status: WebhookStatus
status_reason?: WebhookReason
/** When the status last changed. RFC 3339, UTC; null when it never has. */
status_since: string | null
/** When the receiver last took a delivery. RFC 3339, UTC; null when it never has. */
last_delivered_at: string | null
/** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
secret: string
}

export interface ReplayDeliveriesBody {
status: ReplayedStatus
}

/** Those that the log says this of. */
export type ReplayedStatus = 'skipped' | 'failed' | 'pending' | (string & {})

/** A site that refused too often. Its jobs wait. */
export interface RestingSite {
/** The registrable domain. */
site: string
/** When jobs ask it again. RFC 3339, UTC. */
until: string
}

export type RetryAcceptance = InfoAccepted | DownloadAccepted

export interface RotatedSecretReply {
webhook_id: string
/** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
secret: string
/** Until then everything is signed with both secrets. RFC 3339, UTC. */
previous_secret_valid_until: string
}

/** `degraded`: jobs cannot be accepted (no queue), or are accepted and wait (no worker). */
export type ServiceCondition = 'operational' | 'degraded' | (string & {})

export interface ServiceStatus {
service: string
version: string
status: ServiceCondition
queue: 'reachable' | 'unreachable' | (string & {})
workers: 'alive' | 'none' | 'unknown' | (string & {})
engine?: EngineStatus
/** Known sites that are left alone for a while. Absent where there is none. */
resting_sites?: ReadonlyArray<RestingSite>
}

export interface SingleDownloadRequest {
/** The page or file with the video: absolute, http or https, without credentials. */
url: string
/** A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred. */
format_id?: string | null
/** How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`. */
max_filesize?: number
/** The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language. */
audio_language?: string
compatibility?: Compatibility
/** true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again. */
transcode?: boolean
video_codec?: VideoCodec
container?: Container
quality?: Quality
media?: DownloadMedia
audio_format?: AudioFormat
/** Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself. */
audio_bitrate?: number
/** true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false. */
strict?: boolean
subtitles?: SubtitleOptions
/** true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false. */
thumbnail?: boolean
/** What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing. */
embed?: ReadonlyArray<EmbeddedPart>
/** Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so. */
clips?: ReadonlyArray<Clip>
/** true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false. */
chapters?: boolean
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
country?: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
retention_seconds?: number
/** Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once. */
wait_for_start?: boolean
destination?: Destination
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

export interface SingleInfoRequest {
/** The page or file with the video: absolute, http or https, without credentials. */
url: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false. */
media_urls?: boolean
entries?: EntriesOption
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
country?: string
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once. */
wait_for_start?: boolean
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

export interface SinglePlaylistRequest {
/** The page or file with the video: absolute, http or https, without credentials. */
url: string
/** Which entries of the list, in yt-dlp's words for it: places counted from 1 and ranges, at most 50, joined by commas, in this order. `-1` is the last entry, `-5:` the last five, `1:10:2` every second one of the first ten. What counts from the end reads the whole list. An entry that is named twice is taken once. Absent: all of them. */
items?: string
/** How many entries are taken at most, after `items` has chosen among them. At most what this service allows (`MAX_PLAYLIST_ITEMS`), which is also what absent means. */
max_items?: number
of?: EntryKind
options?: EntryOptions
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
country?: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
retention_seconds?: number
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

export interface SingleTranscriptRequest {
/** The page or file with the video: absolute, http or https, without credentials. */
url: string
/** The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is. */
language?: string
source?: CaptionSource
/** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
cookies?: string
/** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
max_age?: number
/** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
expires_in?: number
/** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
retention_seconds?: number
/** true: ask the source again, whatever is known about this address or lies in the library already. Absent: false. */
fresh?: boolean
/** Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer. */
callback_url?: string | null
metadata?: Metadata
}

/** Subtitles of these languages. As files, each is in `files` with the role `subtitle`. What the source does not have is no failure; the warning `subtitles_missing` says so. */
export interface SubtitleOptions {
/** The languages, as the source names them: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. One file for each. */
languages: ReadonlyArray<string>
/** WebVTT or SubRip; what the source has in another format is rewritten. Absent: `vtt`. */
format?: 'vtt' | 'srt' | (string & {})
/** `file`: files beside the media. `embedded`: tracks of the media file, which then keeps its picture and sound as they are. `both`. Where they do not fit into the media file they lie beside it, and the warning `subtitles_not_embedded` says so. Absent: `file`. */
deliver?: 'file' | 'embedded' | 'both' | (string & {})
/** Whether subtitles that a machine made from the sound may be taken where there are no others in that language. Absent: true. */
automatic?: boolean
}

/** Subtitles in one language. */
export interface SubtitleTrack {
/** As the source names it, such as `en` or `pt-BR`. */
language: string
/** What the source calls it, for people. */
name: string | null
/** In which formats the source has it. A download makes `vtt` or `srt` of it. */
extensions: ReadonlyArray<string>
}

export type SupportLevel = 'full' | 'partial' | 'generic' | 'broken' | (string & {})

/** A picture of a video. */
export interface Thumbnail {
url: string
width: number | null
height: number | null
}

export type TranscriptAcceptance = TranscriptAccepted | TranscriptBatchAccepted

export interface TranscriptAccepted {
job_id: string
status: AcceptedStatus
message: string
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** Signs what is sent (Standard Webhooks 1.0). Shown in this answer alone. */
callback_secret?: string
/** The job that this one repeats. */
retry_of?: string
}

export interface TranscriptBatchAccepted {
/** One for each address, in their order: what a request for it alone is answered, or why it was refused. */
jobs: ReadonlyArray<TranscriptBatchEntry>
}

export type TranscriptBatchEntry = TranscriptAccepted | RefusedUrl

/** `type` is `transcript_cancelled`. `data` is what GET of the job answers. */
export interface TranscriptCancelledEvent {
type: 'transcript_cancelled'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: TranscriptJob
}

/** `type` is `transcript_complete`. `data` is what GET of the job answers. */
export interface TranscriptCompleteEvent {
type: 'transcript_complete'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: TranscriptJob
}

/** `type` is `transcript_failed`. `data` is what GET of the job answers. */
export interface TranscriptFailedEvent {
type: 'transcript_failed'
/** When it happened. RFC 3339, UTC. */
timestamp: string
/** Grows with each event of the same job. Events may arrive in any order. */
sequence: number
data: TranscriptJob
}

export type TranscriptForm = 'json' | 'text' | 'srt' | 'vtt' | (string & {})

/** A transcript. Which keys are there depends on `status`. */
export type TranscriptJob = InfoJobProcessing | TranscriptJobCompleted | InfoJobFailed | InfoJobCancelled

/** `status` is `completed`: `segments` and `text` are there, or the transcript lies in `files`. */
export interface TranscriptJobCompleted {
job_id: string
status: 'completed'
/** Of the video. */
title: string | null
/** Of the captions that were taken, as the source names it. */
language: string
source: CaptionSource
/** Where to fetch the transcript as JSON, plain text, SubRip or WebVTT: by `?format=` or `Accept`. */
transcript_url: string
/** By their start. Absent where they have more than 65536 bytes as JSON: then all forms of the transcript are in `files`. */
segments?: ReadonlyArray<TranscriptSegment>
/** All segments, one line each. There exactly where `segments` is. */
text?: string
/** Of a long transcript: one file for each form, the JSON first. Each can be fetched, linked and removed. Empty where `segments` is there. */
files: ReadonlyArray<DownloadFile>
/** When the files will be removed. RFC 3339, UTC; null when there are none, or they are kept for ever. */
expires_at: string | null
/** What the latest attempt could not have, each kind once. Absent when nothing is missing. */
warnings?: ReadonlyArray<JobWarning>
kind: 'transcript'
/** The address that was asked for, in its canonical spelling. */
url: string
/** How often the job was tried so far, the running attempt included. */
attempts: number
/** The job that this one repeats. */
retry_of?: string
/** The playlist that made this job of one of its entries. */
parent_id?: string
metadata?: Metadata
/** When the job was accepted. RFC 3339, UTC. */
created_at: string
/** When a worker last started it. RFC 3339, UTC; null when it has not happened. */
started_at: string | null
/** When the time of the job (`expires_in`) is over. Absent for a job that has none. RFC 3339, UTC. */
job_expires_at?: string
/** The version of yt-dlp that made this answer, or was the last at work. Absent before the first start. */
ytdlp_version?: string
/** When it ended. RFC 3339, UTC. */
finished_at: string
}

export type TranscriptRequest = SingleTranscriptRequest | BatchTranscriptRequest

/** What is said from `start` to `end`. */
export interface TranscriptSegment {
/** Seconds. */
start: number
/** Seconds; never before `start`. */
end: number
/** Plain text without line ends, of one sentence or one caption. */
text: string
}

/** What is absent stays as it is. */
export interface UpdateKeyBody {
/** For people: who uses the key, and what for. */
name?: string
/** `read` looks, `write` makes, cancels and deletes, `cookies` stores and uses cookie sets, `admin` manages keys. None implies another. */
scopes?: ReadonlyArray<KeyScope>
/** RFC 3339, in the future: from then on the key is refused. Null: never. */
expires_at?: string | null
/** Addresses and CIDRs from which the key may be used. Empty: from anywhere. */
allowed_addresses?: ReadonlyArray<string>
/** Limits of this key alone: null is the default of the service, 0 is no limit. */
limits?: {
/** POST /info, /download and retry together. */
requests_per_minute?: number | null
/** Downloads that have not ended. */
unfinished_downloads?: number | null
/** What the files of this key may take together. */
storage_bytes?: number | null
}
}

/** Why a version of yt-dlp is not used: it does not do what jobs need, it broke on more jobs than the version before, or somebody said so. */
export type VersionRefusal = 'self_check_failed' | 'broke_more_often' | 'by_hand' | (string & {})

/** How the picture shall be encoded, before its size counts. Nothing is encoded again: where the source does not have it, the warning `video_codec_unavailable` says so. Absent: at the same size and frame rate the one that most players know: H.264, then VP9, H.265, AV1. */
export type VideoCodec = 'h264' | 'vp9' | 'h265' | 'av1' | (string & {})

/** One format of a video. */
export interface VideoFormat {
format_id: string
format_note: string | null
ext: string | null
filesize: number | null
filesize_approx: number | null
protocol: string | null
vcodec: string | null
acodec: string | null
width: number | null
height: number | null
fps: number | null
tbr: number | null
language: string | null
/** `SDR`, `HDR10`, `HDR10+`, `HLG`, `DV`. */
dynamic_range: string | null
audio_channels: number | null
/** With `media_urls`: where the media, or its manifest, lies. */
url?: string | null
/** With `media_urls`: the headers that it must be asked with. Cookies and credentials are never among them. */
http_headers?: Record<string, string>
}

/** What is known about a video. */
export interface VideoInfo {
title: string | null
uploader: string | null
/** Seconds. */
duration: number | null
thumbnail: string | null
webpage_url: string | null
formats: ReadonlyArray<VideoFormat>
id: string | null
description: string | null
extractor: string | null
/** YYYYMMDD, as the source says. */
upload_date: string | null
view_count: number | null
age_limit: number | null
live_status: string | null
playlist_count: number | null
channel: string | null
channel_id: string | null
channel_url: string | null
chapters: ReadonlyArray<Chapter>
/** Those that people wrote. */
subtitles: ReadonlyArray<SubtitleTrack>
/** Those that a machine made, or translated. */
automatic_captions: ReadonlyArray<SubtitleTrack>
/** The best one last; `thumbnail` is one of them, where there are any. */
thumbnails: ReadonlyArray<Thumbnail>
/** What common downloads would take. Give the `format_id` to have exactly that, or the `request` to have the best at that time. */
best: ReadonlyArray<BestFormat>
/** With the option `entries`, of a list: a page of it. `title` and the like are those of the list then, and `formats` is empty. */
entries?: ReadonlyArray<ListEntry>
/** With `entries`: the `from` of the next page; null on the last one. */
entries_next?: number | null
/** With `media_urls`: to whom the addresses belong, for people. */
media_urls_note?: string
}

/** Pauses, or starts again whatever the reason of the pause was. */
export type WantedWebhookStatus = 'active' | 'paused' | (string & {})

/** `job_…` are info jobs, `download_…` downloads, `transcript_…` transcripts, `playlist_…` playlists, once all of their entries have ended. */
export type WebhookEvent = 'job_complete' | 'job_failed' | 'job_cancelled' | 'download_complete' | 'download_failed' | 'download_cancelled' | 'transcript_complete' | 'transcript_failed' | 'transcript_cancelled' | 'playlist_complete' | 'playlist_failed' | 'playlist_cancelled' | (string & {})

export interface WebhookList {
/** Newest first. */
webhooks: ReadonlyArray<WebhookReply>
}

/** `requested` by you; `failing`: a delivery failed to its end; `backlog`: too many deliveries wait; `gone`: the receiver answered 410. */
export type WebhookReason = 'requested' | 'failing' | 'backlog' | 'gone' | (string & {})

/** A registration. */
export interface WebhookReply {
webhook_id: string
callback_url: string
events: ReadonlyArray<WebhookEvent>
/** When it was made. RFC 3339, UTC. */
created_at: string
status: WebhookStatus
status_reason?: WebhookReason
/** When the status last changed. RFC 3339, UTC; null when it never has. */
status_since: string | null
/** When the receiver last took a delivery. RFC 3339, UTC; null when it never has. */
last_delivered_at: string | null
}

export type WebhookStatus = 'active' | 'paused' | 'ended' | (string & {})

/** What is posted to a receiver. */
export type KnownWebhookEvent = JobCompleteEvent | JobFailedEvent | JobCancelledEvent | DownloadCompleteEvent | DownloadFailedEvent | DownloadCancelledEvent | TranscriptCompleteEvent | TranscriptFailedEvent | TranscriptCancelledEvent | PlaylistCompleteEvent | PlaylistFailedEvent | PlaylistCancelledEvent
