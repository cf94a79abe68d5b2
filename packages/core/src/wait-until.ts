/** What an attempt throws when its job must wait for a time: no attempt is used, and no slot is held meanwhile. */
import type { WaitReason } from '@video-scraper/contracts'

/** A longer wait is cut. The job then asks again, and waits on. */
const LONGEST_MS = 30 * 24 * 3_600_000

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

/** How long to wait from `now`, in milliseconds: from 0 to 30 days. A time that is no number is now. */
export const waitMsUntil = (at: number, now: number): number =>
  Number.isFinite(at) ? Math.min(Math.max(at - now, 0), LONGEST_MS) : 0
