/** Cookie sets on a real Redis: sealed, apart from each other, merged, and sealed anew. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { parseSecretKeys, type SecretKeys } from '@video-scraper/boot'
import { connectRedis, createCookieSetStore, isReady, keys } from '@video-scraper/store'
import { type DisposableRedis, eventually, startRedis } from '@video-scraper/testkit'
import { type CookieChange, createCookieSets, type OpenedSet, SecretKeyUnknown } from '../src/index.ts'

let server: DisposableRedis
let redis: ReturnType<typeof connectRedis>
beforeAll(async () => {
  server = await startRedis()
  redis = connectRedis(server.url, 'worker', () => undefined)
  await eventually(() => isReady(redis))
})
afterEach(() => redis.flushall())
afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const secretOf = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const OLD = parseSecretKeys(`old:${secretOf(1)}`, 'the test')
const BOTH = parseSecretKeys(`new:${secretOf(2)},old:${secretOf(1)}`, 'the test')
const NEW = parseSecretKeys(`new:${secretOf(2)}`, 'the test')

let time = 1_000_000_000_000
const setsWith = (secretKeys: SecretKeys) =>
  createCookieSets({ store: createCookieSetStore(redis), keys: secretKeys, now: () => time })
const SECRET = 'the-value-of-a-cookie'
const given = (value = SECRET, domain = '.example.com') => [{ domain, name: 'session', value }]
const valueIn = (set: OpenedSet | null) => set?.cookies.map(({ value }) => value)
const rotation = (value: string, changedAt: number): CookieChange => ({
  set: {
    domain: 'example.com',
    includesSubdomains: true,
    path: '/',
    name: 'session',
    value,
    expires: null,
    secure: false,
    httpOnly: false,
    changedAt,
  },
})

test('what is stored is opened by its owner for its site, and by nobody and nothing else', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'account', given())
  expect(valueIn(await sets.open('mine', 'account', 'www.example.com'))).toEqual([SECRET])
  expect(await sets.open('theirs', 'account', 'www.example.com')).toBeNull()
  expect(await sets.open('mine', 'other', 'www.example.com')).toBeNull()
  expect(await sets.open('mine', 'account', 'notexample.com')).toBeNull()
  expect(await sets.open('mine', 'account', 'example.com.evil.example')).toBeNull()
})

test('a set of several sites gives a page the cookies of its own site alone', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'all', [...given('one-of-example'), ...given('one-of-bank', 'bank.example')])
  expect(valueIn(await sets.open('mine', 'all', 'www.example.com'))).toEqual(['one-of-example'])
})

test('Redis holds no value of a cookie, and a sealed set is good under its own name and owner alone', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'account', given())
  await sets.store('theirs', 'account', given('something-else'))
  const dump = JSON.stringify([
    await redis.hgetall(keys.cookieSets('mine')),
    await redis.hgetall(keys.cookieJars('mine')),
  ])
  expect(dump).toContain('example.com')
  expect(dump).not.toContain(SECRET)
  expect(dump).not.toContain(Buffer.from(SECRET).toString('base64url').slice(0, 20))

  const sealed = (await redis.hget(keys.cookieJars('mine'), 'account')) ?? ''
  await redis.hset(keys.cookieJars('theirs'), 'account', sealed)
  expect(await sets.open('theirs', 'account', 'example.com')).toBeNull()
})

test('sets are kept 180 days from the last write', async () => {
  await setsWith(OLD).store('mine', 'account', given())
  for (const key of [keys.cookieSets('mine'), keys.cookieJars('mine')]) {
    expect(await redis.pttl(key)).toBeGreaterThan(179 * 86_400_000)
  }
})

test('an owner has at most 20 sets, however many are stored at once, and replacing one is always possible', async () => {
  const sets = setsWith(OLD)
  const all = await Promise.all(Array.from({ length: 30 }, (_, at) => sets.store('mine', `set-${at}`, given())))
  expect(all.filter((stored) => stored !== null)).toHaveLength(20)
  const [{ name } = { name: '' }] = await sets.list('mine')
  expect(await sets.store('mine', name, given('again'))).toMatchObject({ isNew: false })
})

test('what fifty jobs bring back at once is all there, and the verdict says that the set was rotated', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'account', given())
  const opened = await sets.open('mine', 'account', 'example.com')
  if (opened === null) throw new Error('It is there.')
  const changes = Array.from({ length: 50 }, (_, at) => rotation(`value-${at}`, time - 100 + at))
  await Promise.all(changes.toReversed().map((change) => sets.settle(opened, [change], 'valid')))
  expect(valueIn(await sets.open('mine', 'account', 'example.com'))).toEqual(['value-49'])
  expect(await sets.find('mine', 'account')).toMatchObject({ verdict: 'rotated', count: 1 })
})

test('a job that began with cookies that were replaced or deleted since changes nothing', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'account', given())
  const opened = await sets.open('mine', 'account', 'example.com')
  if (opened === null) throw new Error('It is there.')
  await sets.store('mine', 'account', given('stored-anew'))
  await sets.settle(opened, [rotation('of-the-old-session', time)], 'expired')
  expect(valueIn(await sets.open('mine', 'account', 'example.com'))).toEqual(['stored-anew'])
  expect(await sets.find('mine', 'account')).toMatchObject({ verdict: 'unknown' })
  await sets.remove('mine', 'account')
  await sets.settle(opened, [rotation('of-the-old-session', time)], 'expired')
  expect(await sets.list('mine')).toEqual([])
})

test('verdicts follow the ends of jobs', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'account', given())
  const opened = await sets.open('mine', 'account', 'example.com')
  if (opened === null) throw new Error('It is there.')
  const verdict = async () => (await sets.find('mine', 'account'))?.verdict
  const seen = [await verdict()]
  for (const end of ['valid', null, 'expired', null, 'valid'] as const) {
    await sets.settle(opened, [], end)
    seen.push(await verdict())
  }
  expect(seen).toEqual(['unknown', 'valid', 'valid', 'expired', 'expired', 'valid'])
})

test('cookies that have expired are not given to a job, and are not merged away', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'account', [{ domain: 'example.com', name: 'a', value: 'b', expires: time / 1000 + 10 }])
  const before = time
  time += 11_000
  expect(await sets.open('mine', 'account', 'example.com')).toBeNull()
  expect(await sets.find('mine', 'account')).toMatchObject({ lastExpiry: before + 10_000, count: 1 })
  time = before
})

test('sets are sealed anew with the first key, so that the old one can go; what it sealed alone is lost without it', async () => {
  await setsWith(OLD).store('mine', 'account', given())
  await expect(setsWith(NEW).open('mine', 'account', 'example.com')).rejects.toThrow(SecretKeyUnknown)
  expect(await setsWith(NEW).reseal()).toEqual({ resealed: 0, lost: 1 })
  expect(await setsWith(BOTH).reseal()).toEqual({ resealed: 1, lost: 0 })
  expect(await setsWith(BOTH).reseal()).toEqual({ resealed: 0, lost: 0 })
  expect(valueIn(await setsWith(NEW).open('mine', 'account', 'example.com'))).toEqual([SECRET])
})

test('what a job brings back to a set whose key is not known here is refused and not dropped; its end can be said', async () => {
  await setsWith(OLD).store('mine', 'account', given())
  const opened = await setsWith(OLD).open('mine', 'account', 'example.com')
  if (opened === null) throw new Error('It is there.')
  const change = rotation('rotated', time)
  await expect(setsWith(NEW).settle(opened, [change], null)).rejects.toThrow(SecretKeyUnknown)
  await setsWith(NEW).settle(opened, [], 'expired')
  expect(await setsWith(NEW).find('mine', 'account')).toMatchObject({ verdict: 'expired' })
  await setsWith(BOTH).settle(opened, [change], null)
  expect(
    valueIn(
      await setsWith(OLD)
        .open('mine', 'account', 'example.com')
        .catch(() => null),
    ),
  ).toBeUndefined()
  expect(valueIn(await setsWith(NEW).open('mine', 'account', 'example.com'))).toEqual(['rotated'])
})

test('a worker that seals sets anew keeps them no longer', async () => {
  await setsWith(OLD).store('mine', 'account', given())
  await redis.pexpire(keys.cookieSets('mine'), 100_000)
  await redis.pexpire(keys.cookieJars('mine'), 100_000)
  await setsWith(BOTH).reseal()
  expect(await redis.pttl(keys.cookieSets('mine'))).toBeLessThanOrEqual(100_000)
  expect(await redis.pttl(keys.cookieJars('mine'))).toBeLessThanOrEqual(100_000)
  await setsWith(BOTH).open('mine', 'account', 'example.com')
  expect(await redis.pttl(keys.cookieSets('mine'))).toBeGreaterThan(100_000)
})

test('whoever has no sets any more is no owner of sets', async () => {
  const sets = setsWith(OLD)
  await sets.store('mine', 'account', given())
  await sets.remove('mine', 'account')
  await sets.reseal()
  expect(await redis.smembers(keys.cookieOwners)).toEqual([])
})
