/** Checks a media file of a job: whether it is one, what it is called by its content, and how long it is. */
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { JobFailure } from '@video-scraper/core'
import { nameMedia, type VerifyMedia, verifyMedia } from '@video-scraper/library'

export interface CheckedMedia {
  extension: string
  mediaType: string
  sizeBytes: number
  durationSeconds: number | null
}

/** 0 for no limit. */
type Limits = { maxFileBytes: number }

/** Rejects with `invalid_media`, with `file_too_large`, or as `verifyMedia` does. */
export async function checkMedia(
  path: string,
  surroundings: Omit<VerifyMedia, 'path' | 'expects'>,
  { maxFileBytes }: Limits,
): Promise<CheckedMedia> {
  const probed = await verifyMedia({ ...surroundings, path, expects: { video: null, audio: null } })
  const { size } = await stat(path)
  if (maxFileBytes > 0 && size > maxFileBytes) throw new JobFailure('file_too_large')
  const name = await nameMedia({ path, named: extname(path).slice(1) }, probed)
  return { ...name, sizeBytes: size, durationSeconds: probed.durationSeconds }
}
