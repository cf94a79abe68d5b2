/** What a finished job of each kind brings back. */
import type { FileEntry, VideoInfo } from './jobs.ts'

/** The answer of an info job. Results of earlier releases do not say where they came from. */
export interface InfoResult extends VideoInfo {
  origin?: {
    /** It had been asked for shortly before, and the source was not asked again. */
    cached: boolean
    /** Epoch milliseconds. */
    extractedAt: number
  }
}

/**
 * The fields of the first media file, as in results of earlier releases: gateways and workers of both read them. `files` holds
 * all files, the media first; absent where the media is the only one.
 */
export interface DownloadResult extends FileEntry {
  files?: readonly FileEntry[]
}

/** All files of a download, the media first. */
export const filesOf = ({ files, ...media }: DownloadResult): readonly FileEntry[] => files ?? [media]

export const downloadResult = (media: FileEntry, others: readonly FileEntry[]): DownloadResult =>
  others.length === 0 ? media : { ...media, files: [media, ...others] }
