/** Proves that the captions which the runner names lie in the folder of this job. What is in them, the transcript decides. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { JobFailure } from '@video-scraper/core'
import type { NamedCaptions } from './job-record.ts'

/** Bytes. `python/small_files.py` reads no more from a source. */
const BYTES_MAX = 16 * 1024 * 1024

export interface CaptionFile {
  readonly bytes: Buffer
  /** As the source names it. */
  readonly language: string
  /** A machine made them from the sound, or translated them. */
  readonly automatic: boolean
  readonly title: string | null
  readonly webpageUrl: string | null
  readonly durationSeconds: number | null
}

/** Rejects with `internal_error` for what only a forgery can be. */
export async function captionFileOf(named: NamedCaptions | null, folder: string): Promise<CaptionFile> {
  if (named === null || named.path !== join(folder, 'captions')) throw forged()
  const { language, automatic, title, webpageUrl, duration } = named
  return { bytes: await read(named.path), language, automatic, title, webpageUrl, durationSeconds: duration }
}

async function read(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (file === null) throw forged()
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.size > BYTES_MAX) throw forged()
    return await file.readFile()
  } finally {
    await file.close()
  }
}

const forged = () =>
  new JobFailure('internal_error', { cause: new Error('The runner named no captions of its folder.') })
