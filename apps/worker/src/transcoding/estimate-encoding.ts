/** Refuses before the turn what cannot be encoded within the bound of processor time, so that nobody waits for nothing. */
import { JobFailure } from '@video-scraper/core'
import type { ProbedMedia } from '@video-scraper/library'

/** Measured: 6 s of 1080p with 30 pictures a second took 9.1 s of processor time; 2160p takes as much for each point. */
const SECONDS_PER_POINT = 2.4e-8
/** A video in which nothing moves takes a third, and another machine may be faster. So only what takes more than this many times the bound is refused. */
const TIMES_THE_BOUND = 3

type Measures = Pick<ProbedMedia, 'durationSeconds' | 'width' | 'height' | 'picturesPerSecond'>

/** Processor time, in seconds; null where the file does not say all that is needed. */
export function encodingSecondsOf({ durationSeconds, width, height, picturesPerSecond }: Measures): number | null {
  if (durationSeconds === null || width === null || height === null || picturesPerSecond === null) return null
  return durationSeconds * width * height * picturesPerSecond * SECONDS_PER_POINT
}

/**
 * Throws `transcode_limit`. `cpuSeconds`: what one file may take; 0 for any amount. A file that says less of itself than it holds
 * meets the bound when it is encoded.
 */
export function refuseWhatTakesTooLong(file: Measures, cpuSeconds: number): void {
  const seconds = encodingSecondsOf(file)
  if (seconds === null || cpuSeconds === 0 || seconds <= TIMES_THE_BOUND * cpuSeconds) return
  throw new JobFailure('transcode_limit', {
    cause: new Error(`Encoding takes about ${Math.round(seconds)} s of processor time, and may take ${cpuSeconds} s.`),
  })
}
