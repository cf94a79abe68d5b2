/** How long encoding may take. */
import { Stop } from '@video-scraper/core'
import type { WorkerSettings } from '../config.ts'

/**
 * In milliseconds; 0 for ever. Two threads encode, which takes half of the processor time on a machine that has nothing else to do.
 * With this, one that is four times as slow still uses up the bound of the processor first.
 */
export const encodingTimeoutOf = ({ TRANSCODE_CPU_SECONDS, JOB_TIMEOUT_SECONDS }: WorkerSettings): number =>
  2 * 1000 * (TRANSCODE_CPU_SECONDS || JOB_TIMEOUT_SECONDS)

/** Timers of Node hold 31 bits; a longer one would fire at once. */
const TIMER_MAX_MS = 2 ** 31 - 1

export interface EncodingClock {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal
  stop(): void
}

/** `timeoutMs` 0: for ever. */
export function startEncodingClock(timeoutMs: number): EncodingClock {
  const end = new AbortController()
  const timer =
    timeoutMs > 0 ? setTimeout(() => end.abort(new Stop('timeout')), Math.min(timeoutMs, TIMER_MAX_MS)) : undefined
  return { signal: end.signal, stop: () => clearTimeout(timer) }
}
