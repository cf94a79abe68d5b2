/** Checks a media file of a job: whether it is one, what it is called by its content, and how long it is. */
import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { JobFailure } from '@video-scraper/core'
import { nameMedia, type VerifyMedia, verifyMedia } from '@video-scraper/library'
import type { Engine } from '@video-scraper/ytdlp'

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

/** What looking into a file takes. */
export interface Probing {
  engine: Pick<Engine, 'watch'>
  /** The folder of the ffmpeg shim. */
  ffmpegLocation: string
  /** What the check of a finished file may take; 0 for no limit. */
  memoryBytes: number
}

/** How files of a job are looked into. */
export const probeOf = ({ engine, ffmpegLocation, memoryBytes }: Probing, folder: string, signal: AbortSignal) => ({
  ffprobe: join(ffmpegLocation, 'ffprobe'),
  folder,
  signal,
  memoryBytes,
  watch: engine.watch,
})
