/** What a job reports and brings back. */
import { type Static, Type } from 'typebox'
import { NullableByteCount } from './byte-count.ts'
import { FilePart } from './file-part.ts'
import { FileRole, LanguageTag } from './file-roles.ts'
import { refTo } from './named.ts'
import { NullableInteger, NullableNumber, NullableString } from './nullable.ts'
import { DownloadOptionValues } from './options/table.ts'
import { EntryCounts } from './playlist.ts'
import { Chapter, ListEntry, SubtitleTrack, Thumbnail } from './video-details.ts'
import { Phase, WarningCode } from './words.ts'

/** The longest URL that is accepted, in characters. Signed addresses of media come near half of it. */
export const URL_LENGTH_MAX = 4096

/** What a running job says about itself. Bytes are bytes, times are epoch milliseconds. */
export const JobProgress = Type.Object({
  /** 0 to 1; never falls, not across attempts either. */
  fraction: Type.Number({ minimum: 0, maximum: 1 }),
  phase: Phase,
  downloadedBytes: NullableNumber(),
  totalBytes: NullableNumber(),
  bytesPerSecond: NullableNumber(),
  etaSeconds: NullableNumber(),
  /** When the worker last saw the job's process at work, at most some seconds ago: slow differs from dead. */
  heartbeatAt: Type.Number(),
  /** With the warning `length_differs`: how long the source said that the media is, and how long it is. Seconds. */
  lengths: Type.Optional(Type.Object({ announced: Type.Number(), measured: Type.Number() })),
  /** What this attempt could not have, each once. Stays when the job has ended. Absent: nothing. */
  warnings: Type.Optional(Type.Array(WarningCode)),
  /** Of a playlist: its entries by state. Stays when it has ended. Absent until the list has been read, and for other kinds. */
  entries: Type.Optional(EntryCounts),
  /** With the option `destination`: when the file with this digest was delivered. Stays when the job has ended. Absent: it was not. */
  delivered: Type.Optional(Type.Object({ at: Type.Number(), sha256: Type.String() })),
  /** The yt-dlp at work, as it tells it. Stays when the job has ended. Absent until it has started, and in earlier releases. */
  ytdlpVersion: Type.Optional(Type.String()),
})
export type JobProgress = Static<typeof JobProgress>

/** One format of a video, as yt-dlp reports it. */
const format = {
  format_id: Type.String(),
  format_note: NullableString(),
  ext: NullableString(),
  filesize: NullableByteCount(),
  filesize_approx: NullableByteCount(),
  protocol: NullableString(),
  vcodec: NullableString(),
  acodec: NullableString(),
  width: NullableInteger(),
  height: NullableInteger(),
  fps: NullableNumber(),
  tbr: NullableNumber(),
  language: NullableString(),
  dynamic_range: NullableString({ description: '`SDR`, `HDR10`, `HDR10+`, `HLG`, `DV`.' }),
  audio_channels: NullableInteger(),
  url: Type.Optional(NullableString({ description: 'With `media_urls`: where the media, or its manifest, lies.' })),
  http_headers: Type.Optional(
    Type.Unsafe<Readonly<Record<string, string>>>({
      type: 'object',
      additionalProperties: { type: 'string' },
      description:
        'With `media_urls`: the headers that it must be asked with. Cookies and credentials are never among them.',
    }),
  ),
}
export const VideoFormat = Type.Object(format, { $id: 'VideoFormat', description: 'One format of a video.' })
export type VideoFormat = Static<typeof VideoFormat>

export const BestFormat = Type.Object(
  {
    request: refTo(DownloadOptionValues),
    format_id: NullableString({ description: 'What it takes; null: nothing here answers it.' }),
  },
  { $id: 'BestFormat', description: 'What a download that asks for this takes, of the formats that there are now.' },
)
export type BestFormat = Static<typeof BestFormat>

/**
 * What is known about a video: the six documented keys first, null where the source does not say. Nothing of yt-dlp's
 * own record reaches a client but what stands here: it also holds cookies, request headers and file names.
 */
const video = {
  title: NullableString(),
  uploader: NullableString(),
  duration: NullableNumber({ description: 'Seconds.' }),
  thumbnail: NullableString(),
  webpage_url: NullableString(),
  formats: Type.Array(refTo(VideoFormat)),
  id: NullableString(),
  description: NullableString(),
  extractor: NullableString(),
  upload_date: NullableString({ description: 'YYYYMMDD, as the source says.' }),
  view_count: NullableInteger({ format: 'int64' }),
  age_limit: NullableInteger(),
  live_status: NullableString(),
  /** How many videos the page holds, when it holds several; the first one is described. */
  playlist_count: NullableInteger(),
  channel: NullableString(),
  channel_id: NullableString(),
  channel_url: NullableString(),
  chapters: Type.Array(refTo(Chapter)),
  subtitles: Type.Array(refTo(SubtitleTrack), { description: 'Those that people wrote.' }),
  automatic_captions: Type.Array(refTo(SubtitleTrack), { description: 'Those that a machine made, or translated.' }),
  thumbnails: Type.Array(refTo(Thumbnail), {
    description: 'The best one last; `thumbnail` is one of them, where there are any.',
  }),
  best: Type.Array(refTo(BestFormat), {
    description:
      'What common downloads would take. Give the `format_id` to have exactly that, or the `request` to have the best at that time.',
  }),
  entries: Type.Optional(
    Type.Array(refTo(ListEntry), {
      description:
        'With the option `entries`, of a list: a page of it. `title` and the like are those of the list then, and `formats` is empty.',
    }),
  ),
  entries_next: Type.Optional(
    NullableInteger({ description: 'With `entries`: the `from` of the next page; null on the last one.' }),
  ),
  media_urls_note: Type.Optional(
    Type.String({ description: 'With `media_urls`: to whom the addresses belong, for people.' }),
  ),
}
export const VideoInfo = Type.Object(video, { $id: 'VideoInfo', description: 'What is known about a video.' })
export type VideoInfo = Static<typeof VideoInfo>

/** One published file: what its sidecar, the index and the list of downloads are made of. */
export const FileEntry = Type.Object({
  filename: Type.String(),
  jobId: Type.String(),
  owner: Type.String(),
  title: NullableString(),
  sourceUrl: Type.String(),
  mediaType: Type.String(),
  durationSeconds: NullableNumber(),
  sizeBytes: Type.Integer({ minimum: 1 }),
  /** 64 hexadecimal digits. */
  sha256: Type.String(),
  createdAt: Type.Number(),
  /** Null: kept for ever. */
  expiresAt: NullableNumber(),
  /** Digests of what it answers: the address and format asked for, the video and formats found. Absent: it answers nothing. */
  answers: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }))),
  /** It lay at the very address that was asked for, where another may lie later. Absent: it did not. */
  direct: Type.Optional(Type.Boolean()),
  /** How long the source said that it is, where that differs (`length_differs`). */
  announcedSeconds: Type.Optional(Type.Number()),
  /** What it could not have, for whom it answers later. Absent: nothing. */
  warnings: Type.Optional(Type.Array(WarningCode)),
  /** Of the yt-dlp that fetched it. Absent in entries of earlier releases. */
  ytdlpVersion: Type.Optional(Type.String()),
  /** Absent: `media`, as in every entry of earlier releases. */
  role: Type.Optional(FileRole),
  /** Of a subtitle or a transcript, as the source names it. Absent: nobody said. */
  language: Type.Optional(LanguageTag),
  /** Made by a machine from the sound. Absent: it was not. */
  automatic: Type.Optional(Type.Boolean()),
  /** Of a clip or a chapter: which part of the media it is. Absent: the file is no part. */
  part: Type.Optional(FilePart),
  /** Of the first media file: the names of the other files of its download, in their order. Absent: there are none. */
  otherFiles: Type.Optional(Type.Array(Type.String())),
})
export type FileEntry = Static<typeof FileEntry>
