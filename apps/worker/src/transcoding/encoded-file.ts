/** What encoding has written: whether it may take the place of the fetched file, and its end where it may not. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { JobFailure, lengthDiffers } from '@video-scraper/core'
import { type ProbedMedia, verifyMedia } from '@video-scraper/library'
import type { probeOf } from '../tasks/check-media.ts'

interface CheckedAgainst {
  /** The fetched file. */
  before: ProbedMedia
  bytesMax: number
  probe: ReturnType<typeof probeOf>
}

/** Resolves with its size in bytes, and what ffprobe says of it. ffmpeg ends well also where it could not read all of a file: then it rejects with `postprocessing_failed`. */
export async function checkEncoded(path: string, { before, bytesMax, probe }: CheckedAgainst) {
  const probed = await verifyMedia({ path, expects: { video: true, audio: before.hasAudio }, ...probe })
  const [announced, measured] = [before.durationSeconds, probed.durationSeconds]
  if (announced !== null && measured !== null && lengthDiffers({ announced, measured }))
    throw new JobFailure('postprocessing_failed', { cause: new Error('What was encoded is not as long as it was.') })
  const { size } = await stat(path)
  if (size > bytesMax) throw new JobFailure('file_too_large')
  return { sizeBytes: size, probed }
}

/** What was written when a bound ended encoding, which others need the space of. Nothing of the group is left by then. */
export async function removeEncoded(folder: string): Promise<void> {
  const written = (await readdir(folder)).filter((name) => name.startsWith('universal.'))
  await Promise.all(written.map((name) => rm(join(folder, name), { force: true })))
}
