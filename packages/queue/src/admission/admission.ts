/**
 * Admission: limits, the client's slots, the fair tag and the entry in the list of jobs, in one script. BullMQ makes the job
 * after it (`add-job.ts`, decision record 0034).
 */
import type { JobEnvelope } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'
import { TAG_MAX } from './fair-order.ts'
import { reuseKeyOf } from './reuse-key.ts'
import { holdsSlot, PLACE_GRACE_MS, slotHolders } from './slots.ts'

/** 0 for ever. */
const expiresInMs = ({ options }: JobEnvelope): number => (options.expires_in ?? 0) * 1000

/** How long a refused client is asked to wait while nothing has ever been started. */
const UNKNOWN_WAIT_MS = 15_000

/** Why a job was not admitted. */
export type Refusal = 'too_many_downloads' | 'too_many_waiting_jobs' | 'queue_full'

export interface AdmissionRequest {
  id: string
  envelope: JobEnvelope
  /** Limits of this one client, instead of those of everybody. */
  own: OwnAdmissionLimits
  /** Jobs of this kind that this process admits and makes at this moment: the queue may hold them a moment later. */
  onTheirWay: number
}

export interface OwnAdmissionLimits {
  /** Unfinished downloads and playlists; null for the limit of everybody, 0 for none. */
  downloads: number | null
}

export interface AdmissionLimits {
  /** Unfinished downloads and playlists per limit subject; 0 for no limit. */
  downloadsPerClient: number
  /** Waiting jobs per queue; 0 for no limit. */
  waitingJobs: number
  /** Waiting jobs per queue and limit subject; 0, or nothing, for no limit. */
  waitingJobsPerClient?: number
  /** How long a job stays in its owner's list, in milliseconds; 0 for ever. */
  lifetimeMs: number
  /** The tag at which all tags are moved down. */
  tagMax?: number
}

/** The place of a job in the fair order. */
export interface FairPlace {
  tag: number
  /** By how much all tags had been moved down, since the queue began, when this one was given. */
  lowerings: number
}

export type Admission =
  /** Its job may be made now. `expiresAt`: when its time (`expires_in`) is over, by the clock of Redis; null for never. */
  | { answer: 'admitted'; place: FairPlace; expiresAt: number | null }
  /** The job with this id was made already. */
  | { answer: 'made' }
  /** `waitMs`: an estimate of how long it takes until there is space. */
  | { answer: Refusal; waitMs: number }

/**
 * Counts a job and gives it its place, unless a limit speaks against it. The same id again counts once. Rejects when Redis
 * does not answer; then the place may have been taken all the same.
 */
export type Admit = (request: AdmissionRequest) => Promise<Admission>

export function createAdmission(redis: Redis, limits: AdmissionLimits): Admit {
  const admit = bindScript<[Admission['answer'], number, number, number]>(redis, script('admit-job'))
  const { downloadsPerClient, waitingJobs, waitingJobsPerClient = 0, lifetimeMs, tagMax = TAG_MAX } = limits
  const settings = [lifetimeMs, PLACE_GRACE_MS, tagMax, UNKNOWN_WAIT_MS]
  const slotsMax = (envelope: JobEnvelope, { downloads }: OwnAdmissionLimits) =>
    holdsSlot(envelope) ? (downloads ?? downloadsPerClient) : 0

  return async ({ id, envelope, own, onTheirWay }) => {
    const { kind, owner, limitSubject } = envelope
    const record = queueKey(kind, id)
    const names = [
      record,
      keys.jobs(owner),
      keys.slots(limitSubject),
      keys.unfinished(kind, limitSubject),
      // Where nothing may answer but the source, a key that is not there: the record of the job that is being made.
      reuseKeyOf(envelope) ?? record,
      keys.fairTags(kind),
      keys.fairClock(kind),
      keys.fairLowerings(kind),
      keys.serviceRate(kind),
      keys.deadlines,
      keys.overdue,
    ]
    const bounds = [slotsMax(envelope, own), waitingJobsPerClient, waitingJobs, onTheirWay]
    const [answer, number, lowerings, expiresAt] = await admit(names, [
      id,
      limitSubject,
      queueKey(kind, ''),
      ...bounds,
      ...settings,
      expiresInMs(envelope),
      ...slotHolders,
    ])
    if (answer === 'admitted') return { answer, place: { tag: number, lowerings }, expiresAt: expiresAt || null }
    return answer === 'made' ? { answer } : { answer, waitMs: number }
  }
}
