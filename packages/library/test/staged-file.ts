/** A finished download in a work folder, with its entry, as a worker would stage it. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileEntry } from '@video-scraper/contracts'
import type { Library, Staged } from '@video-scraper/library'

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

/** Stages a file that is its download's only one. */
export async function stageOne(library: Library, file: Staged, signal?: AbortSignal): Promise<Staged> {
  const [staged = file] = await library.stage([file], signal)
  return staged
}

const SUBTITLE = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'
const THUMBNAIL = '\xff\xd8\xff a picture'

/** A download with three files: the media, a subtitle and a picture. */
export async function severalIn(folder: string, content: string): Promise<Staged[]> {
  const others = [
    {
      name: 'media.en.vtt',
      content: SUBTITLE,
      filename: `a-video-${ID}-2-subtitle.vtt`,
      mediaType: 'text/vtt',
      role: 'subtitle',
      language: 'en',
    },
    {
      name: 'media.jpg',
      content: THUMBNAIL,
      filename: `a-video-${ID}-3-thumbnail.jpg`,
      mediaType: 'image/jpeg',
      role: 'thumbnail',
    },
  ] as const
  const media = await workFolderWith(folder, content)
  const staged: Staged[] = [{ ...media, entry: { ...media.entry, otherFiles: others.map(({ filename }) => filename) } }]
  for (const { name, content: text, ...entry } of others) {
    await writeFile(join(folder, name), text)
    staged.push({ folder, path: join(folder, name), entry: entryOf(text, { ...entry, durationSeconds: null }) })
  }
  return staged
}
