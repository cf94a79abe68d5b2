/** A finished download in a work folder, with its entry, as a worker would stage it. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileEntry } from '@video-scraper/contracts'
import type { Staged } from '@video-scraper/library'

export const ID = '0123456789abcdef0123456789abcdef'

export const entryOf = (content: string, changes: Partial<FileEntry> = {}): FileEntry => ({
  filename: `a-video-${ID}.mp4`,
  jobId: `download_${ID}`,
  owner: 'anonymous',
  title: 'A video 🎬',
  sourceUrl: 'http://localhost/video',
  mediaType: 'video/mp4',
  durationSeconds: 3,
  sizeBytes: Buffer.byteLength(content),
  sha256: createHash('sha256').update(content).digest('hex'),
  createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  expiresAt: null,
  ...changes,
})

export async function workFolderWith(folder: string, content: string): Promise<Staged> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'media.mp4')
  await writeFile(path, content)
  return { folder, path, entry: entryOf(content) }
}
