/** How much a gateway remembers of keys, and for how long. */
import { expect, test } from '@jest/globals'
import type { KeyRecord } from '@video-scraper/store'
import { createAuthenticator } from '../src/auth/authenticator.ts'
import { createKeyCache } from '../src/auth/key-cache.ts'
import { hashOf } from '../src/auth/key-hash.ts'
import { keyIdIn, newKeyText } from '../src/auth/key-text.ts'

const REMEMBERED_MAX = 10_000

const text = (at: number) => newKeyText(String(at).padStart(12, '0'))
const recordOf = (key: string): KeyRecord => ({
  id: keyIdIn(key) ?? '',
  name: 'a key',
  scopes: ['read'],
  hash: hashOf(key),
  previous: null,
  allowedAddresses: [],
  limits: { requestsPerMinute: null, unfinishedDownloads: null, storageBytes: null },
  createdAt: 0,
  expiresAt: null,
  revokedAt: null,
})

/** Counts what Redis would be asked. */
function countedStore(records: Map<string, KeyRecord>) {
  const asked: string[] = []
  const noted: string[] = []
  return {
    asked,
    noted,
    find: async (id: string) => {
      asked.push(id)
      return records.get(id) ?? null
    },
    noteUse: async (id: string) => void noted.push(id),
  }
}

test('a key is read once a second, and ten thousand keys at most are remembered', async () => {
  const keys = Array.from({ length: REMEMBERED_MAX + 1 }, (_, at) => recordOf(text(at)))
  const store = countedStore(new Map(keys.map((record) => [record.id, record])))
  let time = 0
  const cache = createKeyCache(store, () => time)

  const [first, last] = [keys[0]?.id ?? '', keys.at(-1)?.id ?? '']
  for (const { id } of keys.slice(0, REMEMBERED_MAX)) await cache.find(id)
  expect(cache.peek(first)).toBeDefined()
  await cache.find(first)
  expect(store.asked).toHaveLength(REMEMBERED_MAX)

  await cache.find(last)
  expect(cache.peek(last)).toBeDefined()
  expect(cache.peek(first)).toBeUndefined()

  time = 1000
  expect(cache.peek(last)).toBeUndefined()
})

test('a use is noted once a minute and key, and ten thousand keys at most are remembered for that', async () => {
  const key = text(0)
  const others = Array.from({ length: REMEMBERED_MAX }, (_, at) => text(at + 1))
  const store = countedStore(new Map([key, ...others].map((each) => [keyIdIn(each) ?? '', recordOf(each)])))
  let time = 1
  const authenticator = createAuthenticator({ cache: createKeyCache(store), store, now: () => time })
  const use = (given: string) => authenticator.admit({ key: given, scope: 'read', address: () => null })
  const notes = () => store.noted.filter((id) => id === keyIdIn(key)).length

  await use(key)
  time += 59_999
  await use(key)
  expect(notes()).toBe(1)
  time += 1
  await use(key)
  expect(notes()).toBe(2)

  // What was noted is forgotten as a whole, so the key is noted again within its minute.
  for (const other of others) await use(other)
  await use(key)
  expect(notes()).toBe(3)
})
