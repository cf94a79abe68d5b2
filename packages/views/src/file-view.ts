/** A published file: as one of the files of a download, and as the list of downloads shows it. */
import type { DownloadEntry, DownloadFile, FileEntry } from '@video-scraper/contracts'
import type { PublicPaths } from './public-paths.ts'
import { documentedInstant, instant, instantOrNull } from './times.ts'

export const downloadFileView = (entry: FileEntry, paths: PublicPaths, expired: boolean): DownloadFile => ({
  filename: entry.filename,
  role: entry.role ?? 'media',
  language: entry.language ?? null,
  automatic: entry.automatic ?? false,
  ...(entry.part && { part: entry.part }),
  size_bytes: entry.sizeBytes,
  media_type: entry.mediaType,
  sha256: entry.sha256,
  download_url: paths.file(entry.filename),
  expired,
})

/** `others`: of the other files of its download, those that are still there. */
export const fileView = (entry: FileEntry, others: readonly FileEntry[], paths: PublicPaths): DownloadEntry => ({
  filename: entry.filename,
  size_bytes: entry.sizeBytes,
  created: documentedInstant(entry.createdAt),
  url: paths.file(entry.filename),
  created_at: instant(entry.createdAt),
  title: entry.title,
  source_url: entry.sourceUrl,
  duration: entry.durationSeconds,
  media_type: entry.mediaType,
  sha256: entry.sha256,
  download_id: entry.jobId,
  expires_at: instantOrNull(entry.expiresAt),
  role: entry.role ?? 'media',
  language: entry.language ?? null,
  files: [entry, ...others].map((file) => downloadFileView(file, paths, false)),
})
