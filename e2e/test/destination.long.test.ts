/** Deliveries whose worker dies, or whose store is never well again, and those of files that lie in a bucket. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type DisposableS3, eventually, type ObjectStore, startObjectStore, startS3 } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

jest.setTimeout(240_000)

/** More than the buffers of a connection hold. */
const BYTES = 30_000_000
let store: ObjectStore
let s3: DisposableS3
let scene: Surroundings | null = null

beforeAll(async () => {
  store = await startObjectStore()
  s3 = await startS3()
}, 240_000)
afterEach(async () => {
  await scene?.stop()
  scene = null
})
afterAll(async () => {
  await store?.stop()
  await s3?.stop()
})

const libraries = {
  'a folder': () => ({}),
  'a bucket': () => ({ ...s3.environment, S3_PREFIX: 'films/', DISK_RESERVE_BYTES: '0' }),
} as const satisfies Record<string, () => Record<string, string>>

describe.each(Object.entries(libraries))('with the library in %s', (where, settings) => {
  const name = (what: string) => `${where.replace(' ', '-')}-${what}`
  const sentTo = (what: string) => store.sent.filter(({ path }) => path.startsWith(`/${name(what)}?`))
  const fetched = (what: string) =>
    scene?.site.requests('/big.mp4').filter(({ search }) => search.includes(name(what))) ?? []

  async function begin(current: Surroundings, what: string, address = what): Promise<string> {
    const { body } = await current.client.post('/api/video-scraper/download', {
      url: current.site.url('/big.mp4', { bytes: BYTES, rate: 0, name: name(what) }),
      destination: { put_url: `${store.origin}/${name(address)}?signature=abc` },
    })
    return String(body.download_id)
  }

  const setScene = async () => {
    scene = await setTheScene({ ...UNLIMITED, ...settings() }, [store.target])
    return scene
  }

  test('a worker that is killed in the middle of a delivery leaves it to the next one, which fetches nothing', async () => {
    const current = await setScene()
    const { client, stack, worker } = current
    store.answer('stall')
    const id = await begin(current, 'killed')
    await eventually(
      async () => {
        expect(sentTo('killed')[0]?.bytes).toBeGreaterThan(0)
        expect(await client.downloadStatus(id)).toMatchObject({ status: 'in_progress', phase: 'finalizing' })
      },
      { timeoutMs: 60_000, everyMs: 20 },
    )
    await worker.end('SIGKILL')
    const asked = fetched('killed').length
    await stack.startWorker()
    const ended = await client.ended(id, 120_000)
    expect(ended).toMatchObject({ status: 'completed' })
    expect(fetched('killed')).toHaveLength(asked)
    expect(sentTo('killed').map(({ sha256 }) => sha256)).toEqual([null, ended.sha256])
    const listed = (await client.get('/api/video-scraper/downloads')).body as unknown as { filename: string }[]
    expect(listed.filter(({ filename }) => filename === ended.filename)).toHaveLength(1)
  })

  test('a worker that is killed when the store has the file leaves the same object there, sent once or twice', async () => {
    const current = await setScene()
    const { client, stack } = current
    const id = await begin(current, 'around')
    await eventually(() => sentTo('around')[0]?.sha256 != null, { timeoutMs: 60_000, everyMs: 1 })
    await current.worker.end('SIGKILL')
    await stack.startWorker()
    const ended = await client.ended(id, 120_000)
    expect(ended).toMatchObject({ status: 'completed', destination: { delivered_at: expect.any(String) } })
    expect(new Set(sentTo('around').map(({ sha256 }) => sha256))).toEqual(new Set([ended.sha256]))
    expect(sentTo('around').length).toBeLessThanOrEqual(2)
  })

  test('a file of the library is delivered from there', async () => {
    const current = await setScene()
    const first = await current.client.ended(await begin(current, 'kept', 'kept-1'), 120_000)
    const asked = fetched('kept').length
    const second = await current.client.ended(await begin(current, 'kept', 'kept-2'), 120_000)
    expect(second).toMatchObject({ status: 'completed', cached: true, filename: first.filename })
    expect(fetched('kept')).toHaveLength(asked)
    expect([...sentTo('kept-1'), ...sentTo('kept-2')].map(({ sha256 }) => sha256)).toEqual([first.sha256, first.sha256])
  })

  test('a store that is never well again ends the job, which keeps no file', async () => {
    const { client } = await setScene()
    store.answer({ status: 500 }, { status: 500 }, { status: 429 })
    const ended = await client.ended(await begin(scene as Surroundings, 'ill'), 120_000)
    expect(ended).toMatchObject({ status: 'failed', code: 'delivery_failed', retryable: true, attempts: 3 })
    expect((await client.get('/api/video-scraper/downloads')).body).toEqual([])
  })
})
