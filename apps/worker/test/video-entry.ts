/** The entry of a video that a test puts into the library. */
import { createHash } from 'node:crypto'
import type { FileEntry } from '@video-scraper/contracts'
import { fileNameFor } from '@video-scraper/library'

interface Video {
  jobId: string
  content: string
}

/** Of the owner `anonymous`, for ever. Its size and its digest are those of `content`. */
export const videoEntry = ({ jobId, content }: Video): FileEntry => ({
  filename: fileNameFor({ title: 'A video', jobId, extension: 'mp4' }),
  jobId,
  owner: 'anonymous',
  title: 'A video',
  sourceUrl: 'http://example.com/video',
  mediaType: 'video/mp4',
  durationSeconds: 1,
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  createdAt: Date.now(),
  expiresAt: null,
})
