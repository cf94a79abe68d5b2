/** Decides whether a key may do something, now and from there. */
import type { KeyScope } from '@video-scraper/contracts'
import type { KeyRecord, KeyStore } from '@video-scraper/store'
import type { KeyCache, KnownKey } from './key-cache.ts'
import { hasHash } from './key-hash.ts'
import { addressRefused, keyInvalid, keyMissing, scopeMissing } from './key-refusals.ts'
import { keyIdIn } from './key-text.ts'

/** How often the last use of a key is written, in milliseconds: often enough for people. */
const NOTE_USE_EVERY_MS = 60_000
const NOTED_MAX = 10_000

/** No text has this hash; what is compared with it takes as long as what is compared with a real one. */
const NOBODY = '0'.repeat(64)

interface Attempt {
  /** What the client gave, or null. */
  key: string | null
  /** What the operation needs. */
  scope: KeyScope
  /** The client's, or null when it is unknown. */
  address: string | null
}

export interface Authenticator {
  /** Resolves to the key's record. Rejects with a `RequestError` (401, 403), or when Redis cannot be asked. */
  admit(attempt: Attempt): Promise<KeyRecord>
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

  /** The key with this text, unless it is over. */
  const recognise = async (key: string): Promise<KnownKey> => {
    const id = keyIdIn(key)
    if (id === null) throw keyInvalid('malformed')
    const known = await cache.find(id)
    if (!fits(key, known?.record ?? null, now()) || known === null) throw keyInvalid('unknown')
    const { revokedAt, expiresAt } = known.record
    if (revokedAt !== null) throw keyInvalid('revoked')
    if (expiresAt !== null && expiresAt <= now()) throw keyInvalid('expired')
    return known
  }

  return {
    async admit({ key, scope, address }) {
      if (key === null) throw keyMissing()
      const { record, allows } = await recognise(key)
      if (!allows(address)) throw addressRefused()
      if (!record.scopes.includes(scope)) throw scopeMissing(scope)
      noteUse(record.id)
      return record
    },
  }
}

/** After a rotation both secrets fit for a while. */
function fits(key: string, record: KeyRecord | null, now: number): boolean {
  if (hasHash(key, record?.hash ?? NOBODY)) return true
  const previous = record?.previous ?? null
  return previous !== null && now < previous.validUntil && hasHash(key, previous.hash)
}
