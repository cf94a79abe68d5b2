/** What a finished job of each kind brings back. */
import type { FileEntry, VideoInfo } from './jobs.ts'
import type { EntryKind } from './options/playlist-table.ts'
import type { EntryCounts } from './playlist.ts'
import type { TranscriptSegment } from './transcript-form.ts'

/** The answer of an info job. Results of earlier releases do not say where they came from. */
export interface InfoResult extends VideoInfo {
  origin?: {
    /** It had been asked for shortly before, and the source was not asked again. */
    cached: boolean
    /** Epoch milliseconds. */
    extractedAt: number
  }
}

/** What all files of a download have in common. Title and address alone may be 8 KiB, and there may be 200 files. */
const SHARED = ['jobId', 'owner', 'title', 'sourceUrl', 'createdAt', 'expiresAt'] as const
type SharedField = (typeof SHARED)[number]

/** Another file of a download. Of what it has in common with the media it says only what differs. */
type OtherFileEntry = Omit<FileEntry, SharedField> & Partial<Pick<FileEntry, SharedField>>

/** The fields of the media, as in results of earlier releases: gateways and workers of both read them. */
export interface DownloadResult extends Omit<FileEntry, 'otherFiles'> {
  /** All files, the media first, each with all its fields: so did earlier releases write it. */
  files?: readonly FileEntry[]
  /** The other files. Absent where the media is the only one. It is the last field: lists cut the result off before it. */
  others?: readonly OtherFileEntry[]
}

/** All files of a download, the media first. */
export function filesOf({ files, others = [], ...media }: DownloadResult): readonly FileEntry[] {
  if (files !== undefined) return files
  const { jobId, owner, title, sourceUrl, createdAt, expiresAt } = media
  return [media, ...others.map((each) => ({ jobId, owner, title, sourceUrl, createdAt, expiresAt, ...each }))]
}

/** The index says which other files there are, so the result does not say it twice. */
export function downloadResult({ otherFiles: _, ...media }: FileEntry, others: readonly FileEntry[]): DownloadResult {
  return others.length === 0 ? media : { ...media, others: others.map((each) => apartFrom(media, each)) }
}

function apartFrom(media: FileEntry, file: FileEntry): OtherFileEntry {
  const same = new Set<string>(SHARED.filter((field) => file[field] === media[field]))
  return Object.fromEntries(Object.entries(file).filter(([field]) => !same.has(field))) as OtherFileEntry
}

/** A short transcript has its segments here; a long one has its files, the JSON first. */
export interface TranscriptResult {
  title: string | null
  language: string
  automatic: boolean
  segments?: readonly TranscriptSegment[]
  files?: readonly FileEntry[]
}

/** What a playlist brings back. Its entries are kept apart. */
export interface PlaylistResult {
  /** Of the list; null where it has none. */
  title: string | null
  /** The kind of job that was made of each entry. */
  of: EntryKind
  counts: EntryCounts
}
