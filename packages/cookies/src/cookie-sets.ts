/** Everything that is done with cookie sets: a client stores, shows and deletes them, and jobs use them. */
import { randomUUID } from 'node:crypto'
import { isKeyKnown, isSealedWithFirst, type SecretKeys } from '@video-scraper/boot'
import { COOKIE_SETS_MAX, type CookieVerdict, type JsonCookies } from '@video-scraper/contracts'
import type { CookieSetRecord, CookieSetStore, SeenCookieSet } from '@video-scraper/store'
import { type Cookie, isExpired } from './cookie.ts'
import { type CookieChange, merge } from './merge.ts'
import { readCookies } from './read-cookies.ts'
import { seal, unseal } from './seal.ts'
import { siteOf } from './site-of.ts'

/** Each of them means that somebody else changed the set within a millisecond. */
const CHANGES_TRIED_MAX = 100

/**
 * The set is sealed with a key that this process does not know: the operator is changing keys and has restarted others first, or
 * has taken the key away. Nothing is lost by it, so whoever meets it tries again.
 */
export class SecretKeyUnknown extends Error {
  override readonly name = 'SecretKeyUnknown'
  constructor() {
    super('The cookie set is sealed with a key that is not among SECRET_KEYS of this process.')
  }
}

/** A set as one attempt of a job is given it. */
export interface OpenedSet {
  readonly owner: string
  readonly name: string
  readonly id: string
  /** The host of the page. */
  readonly host: string
  /** Its site, which the cookies are for. */
  readonly site: string
  readonly cookies: readonly Cookie[]
}

export interface CookieSets {
  /** Replaces what lies under this name. Null: the owner has as many sets as allowed. Throws a `CookieProblem`. */
  store(
    owner: string,
    name: string,
    given: string | JsonCookies,
  ): Promise<{ record: CookieSetRecord; isNew: boolean } | null>
  find(owner: string, name: string): Promise<CookieSetRecord | null>
  list(owner: string): Promise<CookieSetRecord[]>
  /** False: there is none. */
  remove(owner: string, name: string): Promise<boolean>
  /**
   * The cookies for the site of `host` that have not expired, and the note that they are used now. Null: there is no such set,
   * none of these cookies, or what is sealed was not sealed for it. Rejects with `SecretKeyUnknown`.
   */
  open(owner: string, name: string, host: string): Promise<OpenedSet | null>
  /**
   * Brings back what sites changed in a job, and what the job's end says of the set. `verdict`: null where it says nothing.
   * Does nothing to a set that was deleted or stored anew since it was opened. Rejects with `SecretKeyUnknown` where there are changes.
   */
  settle(
    set: Omit<OpenedSet, 'site' | 'cookies'>,
    changes: readonly CookieChange[],
    verdict: 'valid' | 'expired' | null,
  ): Promise<void>
  /**
   * Seals everything with the first key that is sealed with another, which keeps no set longer. Resolves with how many sets, and how
   * many cannot be opened.
   */
  reseal(): Promise<{ resealed: number; lost: number }>
}

interface CookieSetsOptions {
  readonly store: CookieSetStore
  readonly keys: SecretKeys
  now(): number
}

/** What may be shown of these cookies. */
function shown(
  cookies: readonly Cookie[],
): Pick<CookieSetRecord, 'domains' | 'count' | 'earliestExpiry' | 'lastExpiry'> {
  const times = cookies.map(({ expires }) => (expires === null ? null : expires * 1000))
  const known = times.filter((time) => time !== null)
  const sites = new Set(cookies.map(({ domain }) => siteOf(domain)).filter((site) => site !== null))
  return {
    domains: [...sites].sort(),
    count: cookies.length,
    earliestExpiry: known.length === 0 ? null : known.reduce((one, other) => Math.min(one, other)),
    lastExpiry: known.length < times.length ? null : known.reduce((one, other) => Math.max(one, other), 0),
  }
}

/** A set that was rotated once stays so until its session ends, or it is stored anew. */
function verdictAfter(before: CookieVerdict, said: 'valid' | 'expired' | null, isRotated: boolean): CookieVerdict {
  if (said === 'expired') return 'expired'
  if (isRotated || (before === 'rotated' && said === 'valid')) return 'rotated'
  return said ?? before
}

export function createCookieSets({ store, keys, now }: CookieSetsOptions): CookieSets {
  /** Tries `edit` on what `read` finds until nobody came in between; null from it ends that. */
  async function change<Seen extends SeenCookieSet>(
    read: () => Promise<Seen | null>,
    edit: (seen: Seen) => { record: CookieSetRecord; cookies: readonly Cookie[] | null } | null,
    { renews = true }: { renews?: boolean } = {},
  ): Promise<void> {
    for (let tried = 0; tried < CHANGES_TRIED_MAX; tried++) {
      const seen = await read()
      const edited = seen && edit(seen)
      if (seen === null || edited === null) return
      const record = { ...edited.record, revision: seen.record.revision + 1 }
      const sealed = edited.cookies && seal(keys, record, edited.cookies)
      if (await store.change(seen, { record, sealed, renews })) return
    }
    throw new Error('A cookie set is changed by so many at once that this change was not written.')
  }

  /** Null: these are not the bytes that were sealed for this set. */
  function opened(record: CookieSetRecord, sealed: string): Cookie[] | null {
    if (!isKeyKnown(keys, sealed)) throw new SecretKeyUnknown()
    return unseal(keys, record, sealed)
  }

  return {
    async store(owner, name, given) {
      const cookies = readCookies(given, now())
      const earlier = await store.findRecord(owner, name)
      const record: CookieSetRecord = {
        owner,
        name,
        id: randomUUID(),
        revision: 0,
        ...shown(cookies),
        verdict: 'unknown',
        createdAt: earlier?.record.createdAt ?? now(),
        changedAt: now(),
        lastUsedAt: earlier?.record.lastUsedAt ?? null,
      }
      const isStored = await store.put(record, seal(keys, record, cookies), COOKIE_SETS_MAX)
      return isStored ? { record, isNew: earlier === null } : null
    },

    find: async (owner, name) => (await store.findRecord(owner, name))?.record ?? null,
    list: (owner) => store.list(owner),
    remove: (owner, name) => store.remove(owner, name),

    async open(owner, name, host) {
      const site = siteOf(host)
      const stored = await store.find(owner, name)
      if (stored === null || site === null) return null
      const all = opened(stored.record, stored.sealed) ?? []
      const cookies = all.filter((cookie) => siteOf(cookie.domain) === site && !isExpired(cookie, now()))
      if (cookies.length === 0) return null
      const { id } = stored.record
      await change(
        () => store.findRecord(owner, name),
        ({ record }) => (record.id === id ? { record: { ...record, lastUsedAt: now() }, cookies: null } : null),
      )
      return { owner, name, id, host, site, cookies }
    },

    async settle({ owner, name, id, host }, changes, verdict) {
      const site = siteOf(host)
      if (site === null) return
      // What the end of a job says needs no cookie to be read.
      if (changes.length === 0) {
        if (verdict === null) return
        return change(
          () => store.findRecord(owner, name),
          ({ record }) => {
            const next = verdictAfter(record.verdict, verdict, false)
            const isOther = record.id !== id || next === record.verdict
            return isOther ? null : { record: { ...record, verdict: next }, cookies: null }
          },
        )
      }
      await change(
        () => store.find(owner, name),
        ({ record, sealed }) => {
          const kept = record.id === id ? opened(record, sealed) : null
          if (kept === null) return null
          const merged = merge(kept, changes, { site, now: now() })
          const next = { ...record, verdict: verdictAfter(record.verdict, verdict, merged.isRotated) }
          if (!merged.isChanged) return next.verdict === record.verdict ? null : { record: next, cookies: null }
          return { record: { ...next, ...shown(merged.cookies), changedAt: now() }, cookies: merged.cookies }
        },
      )
    },

    async reseal() {
      let resealed = 0
      let lost = 0
      for await (const owner of store.owners()) {
        for (const { name } of await store.list(owner)) {
          await change(
            () => store.find(owner, name),
            ({ record, sealed }) => {
              if (isSealedWithFirst(keys, sealed)) return null
              const cookies = unseal(keys, record, sealed)
              if (cookies === null) lost += 1
              else resealed += 1
              return cookies && { record, cookies }
            },
            { renews: false },
          )
        }
      }
      return { resealed, lost }
    },
  }
}
