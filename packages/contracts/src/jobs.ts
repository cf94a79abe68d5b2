/** What each kind of job carries in, reports, and brings back. */
import { type Static, Type } from 'typebox'
import { JobKind, Phase } from './words.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** The longest URL that is accepted, in characters. */
export const URL_LENGTH_MAX = 2048

/**
 * The version of the envelope below. A worker delays a job of a newer version until it has been upgraded itself; every
 * version stays readable for one release.
 */
export const PAYLOAD_VERSION = 1

/** What the gateway puts into the queue. It never changes once it is there. */
export const JobEnvelope = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  kind: JobKind,
  /** Whom the job and its file belong to: the API key's id, or `anonymous`. */
  owner: Type.String({ minLength: 1 }),
  /** Against whose limits the job counts: the key's id, or the client's address. */
  limitSubject: Type.String({ minLength: 1 }),
  url: Type.String({ minLength: 1, maxLength: URL_LENGTH_MAX }),
  /** Null: the best video and audio there is. Always null for info jobs. */
  formatId: nullable(Type.String({ minLength: 1, maxLength: 64 })),
  /** Joins the log lines of the gateway and the worker. */
  requestId: Type.String(),
  /** The job that this one repeats, or null. */
  retryOf: nullable(Type.String()),
})
export type JobEnvelope = Static<typeof JobEnvelope>

/** What a running job says about itself. Bytes are bytes, times are epoch milliseconds. */
export const JobProgress = Type.Object({
  /** 0 to 1; never falls, not across attempts either. */
  fraction: Type.Number({ minimum: 0, maximum: 1 }),
  phase: Phase,
  downloadedBytes: nullable(Type.Number()),
  totalBytes: nullable(Type.Number()),
  bytesPerSecond: nullable(Type.Number()),
  etaSeconds: nullable(Type.Number()),
  /** When the worker last heard from the job's process: slow differs from dead. */
  heartbeatAt: Type.Number(),
})
export type JobProgress = Static<typeof JobProgress>

/** One format of a video, as yt-dlp reports it. */
export const VideoFormat = Type.Object({
  format_id: Type.String(),
  format_note: nullable(Type.String()),
  ext: nullable(Type.String()),
  filesize: nullable(Type.Number()),
  filesize_approx: nullable(Type.Number()),
  protocol: nullable(Type.String()),
  vcodec: nullable(Type.String()),
  acodec: nullable(Type.String()),
  width: nullable(Type.Number()),
  height: nullable(Type.Number()),
  fps: nullable(Type.Number()),
  tbr: nullable(Type.Number()),
  language: nullable(Type.String()),
})
export type VideoFormat = Static<typeof VideoFormat>

/**
 * What is known about a video: the six documented keys first, null where the source does not say. Nothing of yt-dlp's
 * own record reaches a client but what stands here: it also holds cookies, request headers and file names.
 */
export const VideoInfo = Type.Object({
  title: nullable(Type.String()),
  uploader: nullable(Type.String()),
  duration: nullable(Type.Number({ description: 'Seconds.' })),
  thumbnail: nullable(Type.String()),
  webpage_url: nullable(Type.String()),
  formats: Type.Array(VideoFormat),
  id: nullable(Type.String()),
  description: nullable(Type.String()),
  extractor: nullable(Type.String()),
  upload_date: nullable(Type.String({ description: 'YYYYMMDD, as the source says.' })),
  view_count: nullable(Type.Number()),
  age_limit: nullable(Type.Number()),
  live_status: nullable(Type.String()),
  /** How many videos the page holds, when it holds several; the first one is described. */
  playlist_count: nullable(Type.Number()),
})
export type VideoInfo = Static<typeof VideoInfo>

/** A published file: what its sidecar, the index and the list of downloads are made of. */
export const FileEntry = Type.Object({
  filename: Type.String(),
  jobId: Type.String(),
  owner: Type.String(),
  title: nullable(Type.String()),
  sourceUrl: Type.String(),
  mediaType: Type.String(),
  durationSeconds: nullable(Type.Number()),
  sizeBytes: Type.Integer({ minimum: 1 }),
  /** 64 hexadecimal digits. */
  sha256: Type.String(),
  createdAt: Type.Number(),
  /** Null: kept for ever. */
  expiresAt: nullable(Type.Number()),
})
export type FileEntry = Static<typeof FileEntry>

/** What a finished job brings back. */
export interface JobResults {
  info: VideoInfo
  download: FileEntry
}
