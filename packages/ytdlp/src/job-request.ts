/** What is asked of one job. */
import type { DownloadOptions, InfoOptions, TranscriptOptions } from '@video-scraper/contracts'
import type { Mode } from './argv.ts'

export interface JobRequest {
  readonly mode: Mode
  readonly url: string
  /** Empty: the best there is. */
  readonly options: DownloadOptions
  /** What an info job is asked for. */
  readonly asked?: InfoOptions
  /** Which captions are wanted, in the words of the request. */
  readonly captions?: Pick<TranscriptOptions, 'language' | 'source'>
  /** Which entries of a list an info job is asked for, in place of its first video. */
  readonly listing?: { readonly items: string | null; readonly max: number }
  /** The file that is encoded again, in the job's folder, and which of its streams are; the others are copied. */
  readonly transcode?: { readonly path: string; readonly video: boolean; readonly audio: boolean }
  /** Tell yt-dlp's own record as well. */
  readonly keep?: boolean
  /** The source is asked with these. Not given, or null: without any. */
  readonly cookies?: JobCookies | null
  /** The record of an info job for the same address and `fingerprint`; never a client's. Used once per job folder. */
  readonly extraction?: Buffer | null
  /** The record led to nothing, most often because its addresses have expired; the source is asked again. */
  readonly onStale?: () => void
  /** Hears what is about to be downloaded, before the first byte. */
  readonly onIdentity?: (identity: string) => void
}

/** What `python/cookies.py` is reported. */
export interface JobCookies {
  /** The registrable domain, or the address, that they are for. */
  readonly site: string
  /** Absolute, in the job's folder: where what the site changes is written, from the first change on. */
  readonly file: string
  /** In the form of `packages/cookies/src/cookie.ts`. */
  readonly cookies: readonly object[]
}
