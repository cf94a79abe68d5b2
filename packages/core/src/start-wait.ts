/** When to look again at a stream that has not started. */

/** A source is seldom ready in the very second that it names. */
const MARGIN_MS = 5_000
/** Jobs that wait for the same stream do not all ask at once. */
const SPREAD_MS = 10_000
/** A stream that is late is looked at after a minute, then less and less often, and once an hour at the least. */
const LATE_MIN_MS = 60_000
const LATE_MAX_MS = 3_600_000
/** A stream that is late for a day is looked at some 30 times. More is a source that puts it off again and again. */
const WAITS_MAX = 100

export interface StartWaitLimits {
  /** How long after its request a job may still be looked at again, in milliseconds; 0: no job waits. */
  readonly longestMs: number
  /** So many jobs of a kind are put off at once, for whatever reason; one more does not wait. 0: any number. Default 100,000. */
  readonly waitingMax?: number
  /** Default 5 s; tests take less. */
  readonly marginMs?: number
  /** Default 10 s; tests take less. */
  readonly spreadMs?: number
}

interface StartWait {
  /** Of the stream, as the source says. Null: it does not say, and nobody knows how long to wait. */
  readonly startsAt: number | null
  /** Of the request. */
  readonly createdAt: number
  readonly now: number
  /** How often the job has waited before. */
  readonly waits: number
  /** 0 to 1. */
  readonly random: number
}

/** Null: the job is not to wait. Times are epoch milliseconds. */
export function lookAgainAt(
  { startsAt, createdAt, now, waits, random }: StartWait,
  { longestMs, marginMs = MARGIN_MS, spreadMs = SPREAD_MS }: StartWaitLimits,
): number | null {
  if (startsAt === null || waits >= WAITS_MAX) return null
  const late = Math.min(Math.max((now - startsAt) / 2, LATE_MIN_MS), LATE_MAX_MS)
  const at = Math.round(Math.max(startsAt > now ? startsAt : now + late, now) + marginMs + random * spreadMs)
  return at - createdAt > longestMs ? null : at
}
