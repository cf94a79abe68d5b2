/** What a verified file is to be called: its content decides, and only among what fits it the name that it came with. */
import { open } from 'node:fs/promises'
import { nameByContent } from '@video-scraper/core'
import type { ProbedMedia } from './probe-report.ts'

/** The marks of the table stand within these. */
const BEGINNING_BYTES = 128

/** `named`: the extension that the source, or the downloader, gave it. Rejects where the file cannot be read. */
export async function nameMedia(
  { path, named }: { path: string; named: string },
  { container, hasVideo }: ProbedMedia,
): Promise<{ extension: string; mediaType: string }> {
  const beginning = await beginningOf(path)
  const name = nameByContent({ formatName: container, hasVideo, beginning, named })
  // Of a verified file every container is in the table; this is for a kind of stream that none of its names allows.
  return name ?? { extension: 'bin', mediaType: 'application/octet-stream' }
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}
