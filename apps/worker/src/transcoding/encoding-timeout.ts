/** How long encoding may take. */
import type { WorkerSettings } from '../config.ts'

/**
 * In milliseconds; 0 for ever. Two threads encode, which takes half of the processor time on a machine that has nothing else to do.
 * With this, one that is four times as slow still uses up the bound of the processor first.
 */
export const encodingTimeoutOf = ({ TRANSCODE_CPU_SECONDS, JOB_TIMEOUT_SECONDS }: WorkerSettings): number =>
  2 * 1000 * (TRANSCODE_CPU_SECONDS || JOB_TIMEOUT_SECONDS)
