/** What an engine is asked for. */
import type { InfoOptions } from '@video-scraper/contracts'
import type { JobCookies, JobRequest } from './job-request.ts'

export interface InfoRequest {
  readonly url: string
  /** Default: none. */
  readonly options?: InfoOptions
  /** Gets yt-dlp's own record, packed, for a later `download`; not called where there is too much of it. */
  readonly onRecord?: (record: Buffer) => void
  /** The source is asked with these. Not given, or null: without any. */
  readonly cookies?: JobCookies | null
}

export type DownloadRequest = Omit<JobRequest, 'mode' | 'keep' | 'asked' | 'captions' | 'transcode'>

export interface TranscodeRequest extends NonNullable<JobRequest['transcode']> {
  /** What the file may have at most, in bytes; not given: what the service allows. */
  readonly bytesMax?: number | undefined
}

export interface CaptionsRequest {
  readonly url: string
  readonly captions: NonNullable<JobRequest['captions']>
  readonly cookies?: JobCookies | null
}

export interface ListRequest {
  readonly url: string
  /** In yt-dlp's words for it; null: all entries. */
  readonly items: string | null
  /** How many entries at most. */
  readonly max: number
  readonly cookies?: JobCookies | null
}
