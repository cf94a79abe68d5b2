/** Pages stay what they are while others come and go; a cursor is a place, not a count. */
import { expect, test } from '@jest/globals'
import { newestFirst } from '@video-scraper/store'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const KEY = 'list'

async function filled(times: Record<string, number>) {
  const redis = await rig.ready()
  await redis.zadd(KEY, ...Object.entries(times).flatMap(([member, time]) => [time, member]))
  return redis
}

const five = { a: 1, b: 2, c: 3, d: 4, e: 5 }

test('pages are newest first, and the last one has no next', async () => {
  const redis = await filled(five)
  const first = await newestFirst(redis, KEY, 2)
  expect(first?.members).toEqual(['e', 'd'])
  const second = await newestFirst(redis, KEY, 2, first?.next ?? '')
  expect(second?.members).toEqual(['c', 'b'])
  const third = await newestFirst(redis, KEY, 2, second?.next ?? '')
  expect(third).toEqual({ members: ['a'], times: [1], next: null })
})

test('a page that ends with the last member has no next', async () => {
  const redis = await filled(five)
  expect((await newestFirst(redis, KEY, 5))?.next).toBeNull()
})

test('nothing is empty, not an error', async () => {
  expect(await newestFirst(await rig.ready(), KEY, 5)).toEqual({ members: [], times: [], next: null })
})

test('newer ones added in between shift nothing', async () => {
  const redis = await filled(five)
  const first = await newestFirst(redis, KEY, 2)
  await redis.zadd(KEY, 6, 'f', 7, 'g')
  expect((await newestFirst(redis, KEY, 2, first?.next ?? ''))?.members).toEqual(['c', 'b'])
})

test.each([
  ['one of the first page', ['e']],
  ["the cursor's own member", ['d']],
  ['the whole first page', ['e', 'd']],
])('removing %s in between shifts nothing', async (_, removed) => {
  const redis = await filled(five)
  const first = await newestFirst(redis, KEY, 2)
  await redis.zrem(KEY, ...removed)
  expect((await newestFirst(redis, KEY, 2, first?.next ?? ''))?.members).toEqual(['c', 'b'])
})

test.each([
  ['stays', []],
  ['is removed', ['s5']],
])('members of one millisecond are shown once each, when the one at the border %s', async (_, removed) => {
  const redis = await filled(Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`s${at}`, 7])))
  const first = await newestFirst(redis, KEY, 4)
  expect(first?.members).toEqual(['s8', 's7', 's6', 's5'])
  if (removed.length > 0) await redis.zrem(KEY, ...removed)
  const second = await newestFirst(redis, KEY, 4, first?.next ?? '')
  expect(second?.members).toEqual(['s4', 's3', 's2', 's1'])
  expect((await newestFirst(redis, KEY, 4, second?.next ?? ''))?.members).toEqual(['s0'])
})

test('a walk while others are added and removed at random misses nothing that was there throughout', async () => {
  const members = Array.from({ length: 100 }, (_, at) => `m${String(at).padStart(3, '0')}`)
  const redis = await filled(Object.fromEntries(members.map((member, at) => [member, Math.floor(at / 3)])))
  const seen: string[] = []
  for (let cursor: string | undefined, page = 0; page < 100; page += 1) {
    const found = await newestFirst(redis, KEY, 7, cursor)
    seen.push(...(found?.members ?? []))
    if (!found?.next) break
    cursor = found.next
    const last = found.members.at(-1) ?? ''
    if (page % 2 === 0) await redis.zrem(KEY, last)
    await redis.zadd(KEY, 1000 + page, `new-${page}`)
  }
  expect(seen).toEqual([...members].reverse())
})

const encode = (text: string) => Buffer.from(text).toString('base64url')

test.each([
  [''],
  ['garbage'],
  ['%00'],
  ['../..'],
  [encode('')],
  [encode(':')],
  [encode('12')],
  [encode('12:')],
  [encode('x:y')],
  [encode('-1:a')],
  [encode('1e3:a')],
  [encode('inf:a')],
  [encode('(5:a')],
  [encode('12345678901234567:a')],
  [encode(`1:${'x'.repeat(201)}`)],
  [encode('1:a\nb')],
])('%j is no cursor', async (cursor) => {
  expect(await newestFirst(await filled(five), KEY, 2, cursor)).toBeNull()
})

test.each([
  ['a time beyond all', '9999999999999999:x', ['e', 'd']],
  ['a member that never was', '3:zzz', ['c', 'b']],
  ['the beginning of time', '0:x', []],
])('a cursor made up from %s is harmless', async (_, text, members) => {
  expect((await newestFirst(await filled(five), KEY, 2, encode(text)))?.members).toEqual(members)
})
