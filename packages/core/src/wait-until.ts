/** What an attempt throws when its job must wait for a time: no attempt is used, and no slot is held meanwhile. */
import type { FailureCode, WaitReason } from '@video-scraper/contracts'

const DAY_MS = 24 * 3_600_000
/** A longer wait is cut. The job then asks again, and waits on. */
const LONGEST_MS = 30 * DAY_MS
/** The time comes from another clock. Where that one is behind, a job would ask again and again without a pause. */
const SHORTEST_MS = 1_000
/**
 * So much is added at random. Jobs do not all ask a site in the moment in which its rest ends. Those that wait for a rate or a slot do not
 * ask the site, and come together, since the order of the queue decides which of them is first.
 */
const SPREAD_MS = { site_rest: 10_000, site_rate: 0, transcode_turn: 0 } as const satisfies Record<WaitReason, number>
/** How long a job may wait. A rest ends by itself, and slots become free; a rate may be too low for all the jobs that come. */
const ENDS_AFTER_MS = {
  site_rest: Number.POSITIVE_INFINITY,
  site_rate: DAY_MS,
  transcode_turn: Number.POSITIVE_INFINITY,
} as const satisfies Record<WaitReason, number>
/** What a job ends with that may not wait, or not any longer. */
const FAILURES = {
  site_rest: 'rate_limited',
  site_rate: 'rate_limited',
  transcode_turn: 'transcode_limit',
} as const satisfies Record<WaitReason, FailureCode>

export class WaitUntil extends Error {
  override readonly name = 'WaitUntil'
  /** When the job is to be taken again, in epoch milliseconds. */
  readonly at: number
  readonly reason: WaitReason

  constructor(reason: WaitReason, at: number) {
    super(`The job waits: ${reason}.`)
    this.reason = reason
    this.at = at
  }
}

/** How long to wait from `now`, in milliseconds: from a second to 30 days. A time that is no number is now. `random`: 0 to 1. */
export function waitMsUntil({ at, reason }: Pick<WaitUntil, 'at' | 'reason'>, now: number, random: number): number {
  const left = Number.isFinite(at) ? Math.max(at - now, SHORTEST_MS) : SHORTEST_MS
  return Math.min(left + random * SPREAD_MS[reason], LONGEST_MS)
}

/** Whether a job that could begin at `since` has waited for as long as it may. Times are epoch milliseconds. */
export const hasWaitedTooLong = (reason: WaitReason, since: number, now: number): boolean =>
  now - since > ENDS_AFTER_MS[reason]

export const failureOfWait = (reason: WaitReason): FailureCode => FAILURES[reason]
