/** Deliveries to a store that is busy, silent, or breaks off. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually, type ObjectStore, startObjectStore } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

jest.setTimeout(150_000)

/** More than the buffers of a connection hold. */
const BYTES = 16_000_000
let store: ObjectStore
let scene: Surroundings

beforeAll(async () => {
  store = await startObjectStore()
  scene = await setTheScene({ ...UNLIMITED, STALL_SECONDS: '2' }, [store.target])
}, 150_000)
afterAll(async () => {
  await scene?.stop()
  await store?.stop()
})

const sentTo = (name: string) => store.sent.filter(({ path }) => path.startsWith(`/${name}`))
const fetched = (name: string) => scene.site.requests('/big.mp4').filter(({ search }) => search.includes(name))

async function begin(name: string): Promise<string> {
  const { body } = await scene.client.post('/api/video-scraper/download', {
    url: scene.site.url('/big.mp4', { bytes: BYTES, rate: 0, name }),
    destination: { put_url: `${store.origin}/${name}?signature=abc` },
  })
  return String(body.download_id)
}

test('a store that is busy gets the file with the next attempt, which does not fetch it again', async () => {
  store.answer({ status: 503, headers: { 'Retry-After': '3' } })
  const id = await begin('busy')
  const waiting = await eventually(
    async () => {
      const status = await scene.client.downloadStatus(id)
      if (status.last_error === undefined) throw new Error(JSON.stringify(status))
      return status
    },
    { timeoutMs: 60_000, everyMs: 50 },
  )
  expect(waiting).toMatchObject({ last_error: { code: 'delivery_failed' }, destination: { delivered_at: null } })
  expect(Date.parse(String(waiting.next_attempt_at)) - Date.now()).toBeGreaterThan(1500)
  const asked = fetched('busy').length
  const ended = await scene.client.ended(id, 60_000)
  expect(ended).toMatchObject({ status: 'completed', attempts: 2 })
  expect(fetched('busy')).toHaveLength(asked)
  expect(sentTo('busy').map(({ sha256 }) => sha256)).toEqual([ended.sha256, ended.sha256])
})

test('a store that stalls, then breaks off, gets the file with the third attempt', async () => {
  store.answer('stall', 'close')
  const ended = await scene.client.ended(await begin('faulty'), 90_000)
  expect(ended).toMatchObject({ status: 'completed', attempts: 3 })
  expect(sentTo('faulty').map(({ sha256 }) => sha256)).toEqual([null, null, ended.sha256])
})

test('a delivery can be cancelled, and the store then has nothing whole', async () => {
  store.answer('stall')
  const id = await begin('cancelled')
  await eventually(() => sentTo('cancelled').length === 1, { timeoutMs: 60_000, everyMs: 20 })
  expect((await scene.client.cancel(id)).status).toBe(200)
  expect(await scene.client.ended(id)).toMatchObject({ status: 'cancelled' })
  expect(sentTo('cancelled')).toMatchObject([{ sha256: null }])
})
