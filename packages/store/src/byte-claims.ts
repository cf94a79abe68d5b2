/** Who has been promised how much of a total that several share: a disk, or what an owner may keep. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { bindScript } from './script.ts'
import { script } from './scripts.ts'

/** A claim that nobody renews is gone after this, so a crash leaks nothing. */
export const CLAIM_SECONDS = 60

export interface ByteClaim {
  /** What is shared: the id of a disk, or an owner. */
  subject: { disk: string } | { owner: string }
  /** Who claims. Claiming again replaces what was claimed before. */
  jobId: string
  bytes: number
  /** What there is for all together. Null: claim in any case. For an owner, what is stored already counts as well. */
  totalBytes: number | null
}

export interface ClaimAnswer {
  /** False: it does not fit. An earlier claim of the same job then stays as it was. */
  granted: boolean
  /** What others take or have been promised. */
  othersBytes: number
}

export interface ByteClaims {
  /** Decided in one step, so two who ask at once are never promised the same space. Renews the claim. */
  claim(claim: ByteClaim): Promise<ClaimAnswer>
  /** Gives a claim back; twice is fine. */
  release(claim: Pick<ByteClaim, 'subject' | 'jobId'>): Promise<void>
}

export function createByteClaims(redis: Redis): ByteClaims {
  const claimBytes = bindScript<[number, string]>(redis, script('claim-bytes'))
  return {
    async claim({ subject, jobId, bytes, totalBytes }) {
      const total = totalBytes === null || totalBytes === Number.POSITIVE_INFINITY ? '' : String(Math.floor(totalBytes))
      const argv = [jobId, Math.ceil(bytes), total, CLAIM_SECONDS]
      const [granted, others] = await claimBytes(keysOf(subject), argv)
      return { granted: granted === 1, othersBytes: Number(others) }
    },
    async release({ subject, jobId }) {
      await redis.hdel(keysOf(subject)[0], jobId)
    },
  }
}

/** The claims; for an owner, also the count of what is stored. */
const keysOf = (subject: ByteClaim['subject']): [string, ...string[]] =>
  'owner' in subject
    ? [keys.ownerClaims(subject.owner), keys.storedBytes(subject.owner)]
    : [keys.diskClaims(subject.disk)]
