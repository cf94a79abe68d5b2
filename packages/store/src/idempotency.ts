/**
 * What was asked under an Idempotency-Key, and what was answered, so that a repeated request makes nothing twice.
 *
 * The first request with a key reserves a random seed, from which the ids of its jobs are made. However it ends, killed
 * here or cut off from Redis, a repeat has the same seed, hence the same ids, and no job can be made a second time. The
 * answer is kept once all of it stands. Between the two a short lease tells a repeat that the first one is still at work.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { bindScript } from './script.ts'
import { script } from './scripts.ts'

/** How long a key is remembered, in milliseconds: 24 hours. */
const LIFETIME_MS = 24 * 3_600_000
/** Longer than any request takes to make its jobs. A repeat that comes later takes over what the first one left. */
const LEASE_MS = 5000

/** Whose key it is, and what was asked with it. */
export interface RepeatableRequest {
  owner: string
  key: string
  /** Equal for equal requests, and of bounded size. */
  fingerprint: string
}

/** What a request that holds a key may do with it. */
export interface RepeatHold {
  /** Not empty; the ids of the jobs are made from it. */
  seed: string
  /** Whether the key is new. Otherwise an earlier request broke off, and was counted already. */
  fresh: boolean
  /** Keeps the answer for every repeat. */
  settle(answer: string): Promise<void>
  /** Nothing was made: a repeat is a new request. */
  forget(): Promise<void>
  /** It is not known what was made: a repeat may find out at once. */
  release(): Promise<void>
}

export type RepeatClaim =
  | { state: 'held'; hold: RepeatHold }
  | { state: 'answered'; answer: string }
  /** The same request is being answered somewhere at this moment. */
  | { state: 'busy' }
  /** The key was used for another request. */
  | { state: 'reused' }

export interface Idempotency {
  /** Whether the key was used in the last 24 hours. */
  isKnown(owner: string, key: string): Promise<boolean>
  claim(request: RepeatableRequest): Promise<RepeatClaim>
}

/** Keys of different owners never meet, and a key of any length takes the same space. */
const recordOf = (owner: string, key: string) =>
  keys.idempotency(
    createHash('sha256')
      .update(JSON.stringify([owner, key]))
      .digest('hex'),
  )

export function createIdempotency(redis: Redis, { leaseMs = LEASE_MS } = {}): Idempotency {
  const claim = bindScript<['fresh' | 'resumed' | 'answered' | 'busy' | 'reused', string]>(
    redis,
    script('claim-idempotency-key'),
  )
  const settle = bindScript<number>(redis, script('settle-idempotency-key'))
  const forget = bindScript<number>(redis, script('forget-idempotency-key'))
  const release = bindScript<number>(redis, script('release-idempotency-key'))
  return {
    isKnown: async (owner, key) => (await redis.exists(recordOf(owner, key))) === 1,

    async claim({ owner, key, fingerprint }) {
      const record = recordOf(owner, key)
      const holder = randomBytes(16).toString('hex')
      const [state, text] = await claim([record], [fingerprint, holder, leaseMs, LIFETIME_MS])
      if (state === 'answered') return { state, answer: text }
      if (state === 'busy' || state === 'reused') return { state }
      return {
        state: 'held',
        hold: {
          seed: text,
          fresh: state === 'fresh',
          settle: async (answer) => void (await settle([record], [holder, answer, LIFETIME_MS])),
          forget: async () => void (await forget([record], [holder])),
          release: async () => void (await release([record], [holder])),
        },
      }
    },
  }
}
