/** API keys at rest: what is kept, in which order, and what two edits at once make of it. */
import { expect, test } from '@jest/globals'
import { createKeyStore, type KeyRecord } from '@video-scraper/store'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const open = async () => createKeyStore(await rig.ready())

const recordOf = (id: string, change: Partial<KeyRecord> = {}): KeyRecord => ({
  id,
  name: 'a key',
  scopes: ['read'],
  hash: 'a'.repeat(64),
  previous: null,
  allowedAddresses: [],
  limits: { requestsPerMinute: null, unfinishedDownloads: 0, storageBytes: 5 },
  createdAt: 1000,
  expiresAt: null,
  revokedAt: null,
  ...change,
})

test('what was added is found, and nothing else is', async () => {
  const store = await open()
  await store.add(recordOf('one'))
  expect(await store.find('one')).toEqual(recordOf('one'))
  expect(await store.find('two')).toBeNull()
  expect(await store.change('two', (record) => record)).toBeNull()
})

test('keys are listed newest first, page by page', async () => {
  const store = await open()
  for (let at = 0; at < 5; at += 1) await store.add(recordOf(`key${at}`, { createdAt: 1000 + at }))
  const first = await store.list(3)
  expect(first?.records.map(({ id }) => id)).toEqual(['key4', 'key3', 'key2'])
  const second = await store.list(3, first?.next ?? '')
  expect([second?.records.map(({ id }) => id), second?.next]).toEqual([['key1', 'key0'], null])
  expect(await store.list(3, 'no cursor')).toBeNull()
})

test('of twenty edits at once none is lost', async () => {
  const store = await open()
  await store.add(recordOf('one', { createdAt: 0 }))
  const edit = (record: KeyRecord) => ({ ...record, createdAt: record.createdAt + 1 })
  await Promise.all(Array.from({ length: 20 }, () => store.change('one', edit)))
  expect((await store.find('one'))?.createdAt).toBe(20)
})

test('the last use of a key is kept beside its record', async () => {
  const store = await open()
  await store.add(recordOf('one'))
  await store.noteUse('one', 5000)
  expect(await store.lastUses(['one', 'two'])).toEqual([5000, null])
  expect(await store.lastUses([])).toEqual([])
  expect(await store.find('one')).toEqual(recordOf('one'))
})
