/** How long things are kept. */

const HOUR_MS = 3_600_000
const RECORD_EXTRA_HOURS = 24

/** The record of a job outlives its file by a day, so that a client still learns what became of it. 0: for ever. */
export const recordLifetimeMs = (retentionHours: number): number =>
  retentionHours === 0 ? 0 : (retentionHours + RECORD_EXTRA_HOURS) * HOUR_MS
