/** Who has been promised how much of a room that several share: a disk, or what an owner may keep. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** A claim that nobody renews is gone after this, so a crash leaks nothing. */
export const CLAIM_SECONDS = 60

export interface ByteClaim {
  /** What is shared: the id of a disk, or an owner. */
  subject: { disk: string } | { owner: string }
  /** Who claims. Claiming again replaces what was claimed before. */
  jobId: string
  bytes: number
  /** What there is for all together. Null: claim in any case. For an owner, what is stored already counts as well. */
  roomBytes: number | null
}

export interface ClaimAnswer {
  /** False: it does not fit. An earlier claim of the same job then stays as it was. */
  granted: boolean
  /** What others take or have been promised. */
  othersBytes: number
}

export interface ByteClaims {
  /** Decided in one step, so two who ask at once are never promised the same room. Renews the claim. */
  claim(claim: ByteClaim): Promise<ClaimAnswer>
  /** Gives a claim back; twice is fine. */
  release(claim: Pick<ByteClaim, 'subject' | 'jobId'>): Promise<void>
}

/**
 * The hash holds `<bytes> <lapses at, by the clock of Redis>` by job. Those that lapsed are dropped whenever somebody
 * claims; the key goes by itself when nobody does.
 */
const CLAIM = `
local now = tonumber(redis.call('TIME')[1])
local others = KEYS[2] and tonumber(redis.call('GET', KEYS[2]) or '0') or 0
local claims = redis.call('HGETALL', KEYS[1])
for i = 1, #claims, 2 do
  local bytes, lapses = string.match(claims[i + 1], '^(%d+) (%d+)$')
  if tonumber(lapses) < now then redis.call('HDEL', KEYS[1], claims[i])
  elseif claims[i] ~= ARGV[1] then others = others + tonumber(bytes) end
end
local granted = ARGV[3] == '' or others + tonumber(ARGV[2]) <= tonumber(ARGV[3])
if granted then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. string.format('%.0f', now + tonumber(ARGV[4])))
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
return {granted and 1 or 0, string.format('%.0f', others)}
`

export function createByteClaims(redis: Redis): ByteClaims {
  return {
    async claim({ subject, jobId, bytes, roomBytes }) {
      const room = roomBytes === null || roomBytes === Number.POSITIVE_INFINITY ? '' : String(Math.floor(roomBytes))
      const touched = keysOf(subject)
      const argv = [jobId, String(Math.ceil(bytes)), room, String(CLAIM_SECONDS)]
      const answer = await redis.eval(CLAIM, touched.length, ...touched, ...argv)
      const [granted, others] = answer as [number, string]
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
