/** A short text that proves what this service itself allowed, for what, and until when. Pure: the caller has the clock. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyFor, type SecretKey, type SecretKeys } from './secret-keys.ts'

/**
 * What is allowed. Nothing of it but the expiry stands in the token: whoever verifies says what it should be for, and a
 * token for anything else is then not valid.
 */
export interface SignedClaim {
  /** A fixed word per use, such as `file-link`: a token made for one use is worth nothing in another. */
  purpose: string
  /** What it is about, in parts that are kept apart: `['a', 'bc']` is another subject than `['ab', 'c']`. */
  subject: readonly string[]
  /** Epoch milliseconds; counted in whole seconds, rounded down. */
  expiresAt: number
}

/** `expired`: it was ours, for exactly this. `invalid`: anything else, whatever is wrong with it. */
export type TokenVerdict = 'valid' | 'expired' | 'invalid'

const VERSION = 'v1'

/** The key's id, the expiry in epoch seconds, and 43 characters of HMAC-SHA-256. All of it may stand in a URL. */
const TOKEN = /^v1\.([A-Za-z0-9_-]{1,32})\.(\d{1,12})\.([A-Za-z0-9_-]{43})$/

/** Signs with the first key. The token has at most 92 characters of `A-Z a-z 0-9 . _ -`. */
export function signToken([key]: SecretKeys, { purpose, subject, expiresAt }: SignedClaim): string {
  const expires = String(Math.floor(expiresAt / 1000))
  return `${VERSION}.${key.id}.${expires}.${macOf(key, purpose, subject, expires)}`
}

/** Takes any text; `now` is in epoch milliseconds. How long it takes says nothing about the right signature. */
export function verifyToken(
  keys: SecretKeys,
  token: string,
  { purpose, subject, now }: Omit<SignedClaim, 'expiresAt'> & { now: number },
): TokenVerdict {
  const [, keyId, expires = '', given = ''] = TOKEN.exec(token) ?? []
  const key = keys.find(({ id }) => id === keyId)
  if (key === undefined) return 'invalid'
  // As text, of 43 characters both: the last character has two bits that decoding would ignore.
  const right = macOf(key, purpose, subject, expires)
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(right))) return 'invalid'
  return Number(expires) * 1000 > now ? 'valid' : 'expired'
}

/** When a token that was found `valid` expires, in epoch milliseconds. Of any other text it says nothing that may be believed. */
export const expiryOf = (token: string): number => Number(TOKEN.exec(token)?.[2] ?? 0) * 1000

/** JSON keeps the parts apart, whatever characters are in them. */
const macOf = (key: SecretKey, purpose: string, subject: readonly string[], expires: string): string =>
  createHmac('sha256', keyFor('signed token', key))
    .update(JSON.stringify([VERSION, key.id, purpose, expires, ...subject]))
    .digest('base64url')
