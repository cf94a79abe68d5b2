/** What becomes of a job whose stream has not started: it waits for the start where it was asked to, or it fails and says when. */

import type { JobEnvelope } from '@video-scraper/contracts'
import { type JobFailure, lookAgainAt, type StartWaitLimits } from '@video-scraper/core'
import type { HeldJob } from './held-job.ts'

/** Jobs that wait hold memory of Redis, for days. */
const WAITING_MAX = 100_000

/** So many jobs of a kind are put off at once, for whatever reason. */
export const waitingMaxOf = (limits: StartWaitLimits | undefined): number => limits?.waitingMax ?? WAITING_MAX

/** What the job's record says of waits before this one, as Redis gives it. */
export interface EarlierWaits {
  startsAt: string | null
  startWaits: string | null
}

interface UnstartedJob {
  envelope: JobEnvelope
  failure: JobFailure
  /** When it was made, in epoch milliseconds. */
  createdAt: number
  earlier: EarlierWaits
  held: Pick<HeldJob, 'writeStart'>
  /** Missing: no job waits. */
  limits?: StartWaitLimits | undefined
}

/**
 * For how many milliseconds the job is to wait; null: it has failed. What it resolves with is written down before. Rejects where
 * Redis cannot write it.
 */
export async function startWaitOf({
  envelope,
  failure,
  createdAt,
  earlier,
  held,
  limits,
}: UnstartedJob): Promise<number | null> {
  if (failure.code !== 'live_not_started') return null
  // In the last moments before a start some sources do not say it any more.
  const startsAt = failure.startsAt ?? (earlier.startsAt === null ? null : Number(earlier.startsAt))
  if (startsAt === null) return null
  const now = Date.now()
  const waits = Number(earlier.startWaits ?? 0)
  const isAsked = envelope.options.wait_for_start === true && limits !== undefined
  const at = isAsked ? lookAgainAt({ startsAt, createdAt, now, waits, random: Math.random() }, limits) : null
  const waitMs = at === null ? null : Math.max(at - now, 1)
  const { owner, limitSubject } = envelope
  const mayWait = await held.writeStart({
    owner,
    limitSubject,
    startsAt,
    waitMs: waitMs ?? 0,
    waitingMax: waitingMaxOf(limits),
  })
  return mayWait ? waitMs : null
}
