/** Guessing keys is slow: after too many failures an address waits, on every gateway. */
import { expect, test } from '@jest/globals'
import { limitFailedAuthentications } from '../src/auth/failed-authentication.ts'
import { useApi } from './api-rig.ts'

const rig = useApi()
const ADDRESS = '192.0.2.1'
const key = `{video-scraper}:auth-failures:${ADDRESS}`
const refusal = { code: 'too_many_failed_authentications', statusCode: 429 }

test('after as many failures as allowed the next try is refused, on any gateway, and says for how long', async () => {
  const [one, other] = [await rig.workerConnection(), await rig.workerConnection()]
  const [here, there] = [limitFailedAuthentications(one, 3), limitFailedAuthentications(other, 3)]
  for (let count = 0; count < 3; count += 1) {
    await here.check(ADDRESS)
    await (count % 2 === 0 ? here : there).countFailedAuthentication(ADDRESS)
  }
  const error = await there.check(ADDRESS).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ ...refusal, headers: { 'retry-after': expect.stringMatching(/^([1-9]|[1-5]\d|60)$/) } })
  await expect(here.check('192.0.2.2')).resolves.toBeUndefined()
})

test('the window begins with the first failure and ends, however many follow', async () => {
  const redis = await rig.workerConnection()
  const limit = limitFailedAuthentications(redis, 2)
  await limit.countFailedAuthentication(ADDRESS)
  await redis.pexpire(key, 30_000)
  for (let count = 0; count < 5; count += 1) await limit.countFailedAuthentication(ADDRESS)
  expect(await redis.pttl(key)).toBeLessThanOrEqual(30_000)
  await expect(limit.check(ADDRESS)).rejects.toMatchObject(refusal)
  await redis.pexpire(key, 0)
  await expect(limit.check(ADDRESS)).resolves.toBeUndefined()
})

test('failures at the same time are all counted', async () => {
  const redis = await rig.workerConnection()
  const limit = limitFailedAuthentications(redis, 20)
  await Promise.all(Array.from({ length: 20 }, () => limit.countFailedAuthentication(ADDRESS)))
  expect(await redis.get(key)).toBe('20')
  await expect(limit.check(ADDRESS)).rejects.toMatchObject(refusal)
})

test('0 is no limit, and nothing is counted', async () => {
  const redis = await rig.workerConnection()
  const limit = limitFailedAuthentications(redis, 0)
  await limit.countFailedAuthentication(ADDRESS)
  await expect(limit.check(ADDRESS)).resolves.toBeUndefined()
  expect(await redis.exists(key)).toBe(0)
})
