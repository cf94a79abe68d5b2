/**
 * What was asked under an Idempotency-Key, and what was answered, so that a repeated request makes nothing twice.
 *
 * The first request with a key reserves a random seed, from which the ids of its jobs are made. However it ends, killed
 * here or cut off from Redis, a repeat has the same seed, hence the same ids, and no job can be made a second time. The
 * answer is kept once all of it stands. Between the two a short lease tells a repeat that the first one is still at work.
 */
import { createHash, randomBytes } from 'node:crypto'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { bindScript } from './script.ts'

/** How long a key is remembered, in milliseconds: 24 hours. */
const LIFETIME_MS = 24 * 3_600_000
/** Longer than any request takes to make its jobs. A repeat that comes later takes over what the first one left. */
const LEASE_MS = 5000

const CLAIM = `
local fingerprint, seed, answer, busyUntil = unpack(redis.call('HMGET', KEYS[1], 'fingerprint', 'seed', 'answer', 'busyUntil'))
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local holder = {'holder', ARGV[2], 'busyUntil', now + tonumber(ARGV[3])}
if not fingerprint then
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'seed', ARGV[2], unpack(holder))
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  return {'fresh', ARGV[2]}
end
if fingerprint ~= ARGV[1] then return {'reused', ''} end
if answer then return {'answered', answer} end
if now < tonumber(busyUntil) then return {'busy', ''} end
redis.call('HSET', KEYS[1], unpack(holder))
return {'resumed', seed}
`

// Only whoever holds the lease may change the record: a slow request may have been overtaken by its own repeat.
const SETTLE = `
if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'answer', ARGV[2])
return redis.call('PEXPIRE', KEYS[1], ARGV[3])
`
const FORGET = `
if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`
const LET_GO = `
if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
return redis.call('HSET', KEYS[1], 'busyUntil', 0)
`

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
  letGo(): Promise<void>
}

export type RepeatClaim =
  | { state: 'held'; hold: RepeatHold }
  | { state: 'answered'; answer: string }
  /** The same request is being answered somewhere at this moment. */
  | { state: 'busy' }
  /** The key was used for another request. */
  | { state: 'reused' }

export interface Repeats {
  /** Whether the key was used in the last 24 hours. */
  isKnown(owner: string, key: string): Promise<boolean>
  claim(request: RepeatableRequest): Promise<RepeatClaim>
}

/** Keys of different owners never meet, and a key of any length takes the same room. */
const recordOf = (owner: string, key: string) =>
  keys.repeats(
    createHash('sha256')
      .update(JSON.stringify([owner, key]))
      .digest('hex'),
  )

export function createRepeats(redis: Redis, { leaseMs = LEASE_MS } = {}): Repeats {
  const claim = bindScript<['fresh' | 'resumed' | 'answered' | 'busy' | 'reused', string]>(redis, 'claimRepeat', CLAIM)
  const settle = bindScript<number>(redis, 'settleRepeat', SETTLE)
  const forget = bindScript<number>(redis, 'forgetRepeat', FORGET)
  const letGo = bindScript<number>(redis, 'letGoRepeat', LET_GO)
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
          letGo: async () => void (await letGo([record], [holder])),
        },
      }
    },
  }
}
