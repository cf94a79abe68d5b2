/** Decides whether a key may do something, now and from there. */
import type { KeyScope } from '@video-scraper/contracts'
import type { KeyRecord, KeyStore } from '@video-scraper/store'
import type { KeyCache, KnownKey } from './key-cache.ts'
import { digestIn, hasDigest } from './key-hash.ts'
import { addressRefused, keyInvalid, keyMissing, scopeMissing } from './key-refusals.ts'
import { keyIdIn } from './key-text.ts'

/** How often the last use of a key is written, in milliseconds: often enough for people. */
const NOTE_USE_EVERY_MS = 60_000
const NOTED_MAX = 10_000

/** No text has this hash; what is compared with it takes as long as what is compared with a real one. */
const NOBODY = digestIn('0'.repeat(64))

interface Attempt {
  /** What the client gave, or null. */
  key: string | null
  /** What the operation needs. */
  scope: KeyScope
  /** The client's, or null when it is unknown. */
  address(): string | null
}

export interface Authenticator {
  /**
   * The key's record: at once when it is remembered. Throws or rejects with a `RequestError` (401, 403), and rejects when
   * Redis cannot be asked.
   */
  admit(attempt: Attempt): KeyRecord | Promise<KeyRecord>
}

interface AuthenticatorOptions {
  cache: KeyCache
  store: Pick<KeyStore, 'noteUse'>
  now(): number
}

export function createAuthenticator({ cache, store, now }: AuthenticatorOptions): Authenticator {
  const noted = new Map<string, number>()

  /** Nobody waits for it, and a missed one is of no consequence. */
  const noteUse = (id: string) => {
    if (now() - (noted.get(id) ?? Number.NEGATIVE_INFINITY) < NOTE_USE_EVERY_MS) return
    if (noted.size >= NOTED_MAX) noted.clear()
    noted.set(id, now())
    store.noteUse(id, now()).catch(() => undefined)
  }

  const authorize = (key: string, known: KnownKey | null, { scope, address }: Attempt): KeyRecord => {
    if (!fits(key, known, now()) || known === null) throw keyInvalid('unknown')
    const { record, allows } = known
    if (record.revokedAt !== null) throw keyInvalid('revoked')
    if (record.expiresAt !== null && record.expiresAt <= now()) throw keyInvalid('expired')
    if (!allows(address)) throw addressRefused()
    if (!record.scopes.includes(scope)) throw scopeMissing(scope)
    noteUse(record.id)
    return record
  }

  return {
    admit(attempt) {
      const { key } = attempt
      if (key === null) throw keyMissing()
      const id = keyIdIn(key)
      if (id === null) throw keyInvalid('malformed')
      const known = cache.peek(id)
      if (known !== undefined) return authorize(key, known, attempt)
      return cache.find(id).then((found) => authorize(key, found, attempt))
    },
  }
}

/** After a rotation both secrets fit for a while. */
function fits(key: string, known: KnownKey | null, now: number): boolean {
  if (hasDigest(key, known?.digest ?? NOBODY)) return true
  const previous = known?.previous ?? null
  return previous !== null && now < previous.validUntil && hasDigest(key, previous.digest)
}
