/**
 * What an attempt changes of its job's record. Each change is one script that looks first whether the attempt still holds
 * the job's lock: a worker that was frozen comes back to jobs that others have taken, and changes nothing of them.
 */
import type { JobKind, JobProgress, WaitReason } from '@video-scraper/contracts'
import type { Verdict } from '@video-scraper/core'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'

export interface Beginning {
  /** Starts that have no end yet, this one among them; 0 when the job is no longer ours. */
  starts: number
  verdict: Verdict | null
  /** What the attempt that committed wrote down to be published, which may be empty; null where none did. */
  publication: string | null
}

interface Listing {
  owner: string
  limitSubject: string
}

interface StartToWrite extends Listing {
  /** Epoch milliseconds. */
  startsAt: number
  waitMs: number
  /** The job does not wait where so many jobs of its kind wait already; 0: any number. */
  waitingMax: number
}

export interface HeldJob {
  /** The start is counted. A job without a verdict whose time is over gets `expired`. */
  begin(): Promise<Beginning>
  /** Renews the lock. `held`: whether it is still ours. */
  renew(): Promise<{ verdict: Verdict | null; held: boolean }>
  /** Writes the progress and tells the followers of the job. */
  progress(latest: JobProgress): Promise<void>
  /** Asks for the verdict `committed`, which none gets whose time is over, and keeps `publication` with it. `lost`: the job is no longer ours, or no longer there. */
  commit(publication: string): Promise<Verdict | 'lost'>
  /**
   * Writes down when the job's stream starts and, where `waitMs` is not 0, that the job will wait so long for it. False: too many
   * wait already, and the job does not.
   */
  writeStart(start: StartToWrite): Promise<boolean>
  /** This attempt has come to an end and hands the job back. */
  endStart(): Promise<void>
  /** A step of the job has come to its end; it will wait for `waitMs`, and stays in the list of its owner meanwhile. */
  endStep(step: Listing & { waitMs: number }): Promise<void>
  /**
   * The job is about to wait for a time, and not for its next attempt after a failed one. False: `waitingMax` of its kind are put off
   * already (0: any number may be), and it does not.
   */
  waitFor(reason: WaitReason, waitingMax: number): Promise<boolean>
  /** This attempt has come to an orderly end, though a bad one. */
  forgetStarts(): Promise<void>
}

/**
 * `token`: the worker's name on the job's lock. `recordLifetimeMs`: how long a job stays in the list of its owner; 0, or nothing, for
 * ever. `expiresAt`: when the time of the job is over, in epoch milliseconds; nothing for never. Each call rejects when Redis cannot do it.
 */
export type HoldJob = (kind: JobKind, id: string, token: string, lockMs: number, expiresAt?: number) => HeldJob

export function createHoldJob(redis: Redis, recordLifetimeMs = 0): HoldJob {
  const begin = bindScript<[number, string, string]>(redis, script('begin-attempt'))
  const renew = bindScript<[string, number]>(redis, script('renew-attempt'))
  const progress = bindScript<number>(redis, script('write-progress'))
  const commit = bindScript<Verdict | 'lost'>(redis, script('commit-attempt'))
  const writeStart = bindScript<number | 'too many'>(redis, script('write-start'))
  const endStart = bindScript<number>(redis, script('end-start'))
  const endStep = bindScript<number>(redis, script('end-step'))
  const waitFor = bindScript<number | 'too many'>(redis, script('wait-for'))
  const forgetStarts = bindScript<number>(redis, script('forget-starts'))
  return (kind, id, token, lockMs, expiresAt) => {
    const record = [queueKey(kind, id)]
    const listed = ({ owner, limitSubject }: Listing) => [keys.jobs(owner), keys.unfinished(kind, limitSubject)]
    return {
      async begin() {
        const [starts, verdict, publication] = await begin(record, [token, expiresAt ?? ''])
        return { starts, verdict: verdictIn(verdict), publication: verdict === 'committed' ? publication : null }
      },
      async renew() {
        const [verdict, held] = await renew(record, [token, lockMs])
        return { verdict: verdictIn(verdict), held: held === 1 }
      },
      progress: async (latest) => void (await progress(record, [token, JSON.stringify(latest), keys.changes(id)])),
      commit: (publication) => commit(record, [token, publication, expiresAt ?? '']),
      writeStart: async (start) => {
        const { startsAt, waitMs, waitingMax } = start
        const sets = [...listed(start), queueKey(kind, 'delayed')]
        const facts = [token, startsAt, id, waitMs, recordLifetimeMs, waitingMax]
        return (await writeStart([...record, ...sets], facts)) !== 'too many'
      },
      endStart: async () => void (await endStart(record, [token])),
      endStep: async (step) => {
        await endStep([...record, ...listed(step)], [token, id, Math.round(step.waitMs), recordLifetimeMs])
      },
      waitFor: async (reason, waitingMax) =>
        (await waitFor([...record, queueKey(kind, 'delayed')], [token, reason, waitingMax])) !== 'too many',
      forgetStarts: async () => void (await forgetStarts(record, [token])),
    }
  }
}

const verdictIn = (text: string): Verdict | null => (text === '' ? null : (text as Verdict))
