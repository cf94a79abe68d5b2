/** A published file as the list of downloads shows it. */
import type { DownloadEntry, FileEntry } from '@video-scraper/contracts'
import type { PublicPaths } from './public-paths.ts'
import { documentedInstant, instant, instantOrNull } from './times.ts'

export const fileView = (entry: FileEntry, paths: PublicPaths): DownloadEntry => ({
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
})
