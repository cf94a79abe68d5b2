/** `destination`: the finished file goes to the client's own store, whose address nobody else ever sees. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { eventually, type ObjectStore, startObjectStore } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

const BASE = '/api/video-scraper'
const SECRET = 'S3CRETsignature'
let store: ObjectStore
let scene: Surroundings

beforeAll(async () => {
  store = await startObjectStore()
  scene = await setTheScene({ ...UNLIMITED, LOG_LEVEL: 'trace' }, [store.target])
}, 150_000)
afterAll(async () => {
  await scene?.stop()
  await store?.stop()
})

/** A video of its own, which nothing that is cached answers. */
const video = (name: string) => scene.site.url('/video.mp4', { title: name })
const addressOf = (name: string) => `${store.origin}/bucket/${name}.mp4?X-Signature=${SECRET}%2F${name}`
const sentTo = (name: string) => store.sent.filter(({ path }) => path.includes(`/${name}.mp4`))

async function download(url: string, putUrl: string, more: object = {}) {
  const { status, body } = await scene.client.post(`${BASE}/download`, {
    url,
    destination: { put_url: putUrl },
    ...more,
  })
  expect([status, body.error]).toEqual([202, undefined])
  return scene.client.ended(String(body.download_id))
}

test('the store is sent the very file that the status describes, with one PUT, before the job completes', async () => {
  const ended = await download(video('whole'), addressOf('whole'))
  expect(ended).toMatchObject({
    status: 'completed',
    options: { destination: { origin: store.origin } },
    destination: { origin: store.origin, delivered_at: expect.stringMatching(/Z$/) },
  })
  const [sent, ...others] = sentTo('whole')
  expect(others).toEqual([])
  expect(sent).toMatchObject({
    method: 'PUT',
    path: `/bucket/whole.mp4?X-Signature=${SECRET}%2Fwhole`,
    bytes: ended.size_bytes,
    sha256: ended.sha256,
  })
  expect(sent?.headers).toMatchObject({ 'content-length': String(ended.size_bytes), 'content-type': ended.media_type })
  expect(sent?.headers['transfer-encoding']).toBeUndefined()
  expect(Date.parse(String((ended.destination as { delivered_at: string }).delivered_at))).toBeLessThanOrEqual(
    Date.parse(String(ended.finished_at)),
  )
  // It also stays here.
  const file = await fetch(`${scene.gateway.origin}${ended.download_url}`)
  expect((await file.arrayBuffer()).byteLength).toBe(ended.size_bytes)
})

test('a file that lies in the library already is delivered from there, and the source is not asked', async () => {
  const first = await download(video('again'), addressOf('again-1'))
  const before = scene.site.requests().length
  const second = await download(video('again'), addressOf('again-2'))
  expect(second).toMatchObject({ cached: true, filename: first.filename, destination: { origin: store.origin } })
  expect((second.destination as { delivered_at: unknown }).delivered_at).not.toBeNull()
  expect(scene.site.requests()).toHaveLength(before)
  expect(sentTo('again-2')).toMatchObject([{ sha256: first.sha256 }])
  const third = (await scene.client.post(`${BASE}/download`, { url: video('again') })).body
  const plain = await scene.client.ended(String(third.download_id))
  expect(plain).toMatchObject({ cached: true })
  expect(plain).not.toHaveProperty('destination')
})

test.each([
  ['loopback', 'http://127.0.0.1:9/a.mp4?X-Signature='],
  ['the metadata of a cloud', 'http://169.254.169.254/latest/meta-data/?X-Signature='],
  ['a name that leads to loopback', 'http://localhost/a.mp4?X-Signature='],
  ['a port that is somebody’s service', 'http://198.51.100.7:22/?X-Signature='],
])('%s is refused before anything is fetched', async (_, address) => {
  const before = scene.site.requests().length
  const ended = await download(video('blocked'), `${address}${SECRET}`)
  expect(ended).toMatchObject({ status: 'failed', code: 'delivery_blocked', retryable: false, attempts: 1 })
  expect(ended.destination).toMatchObject({ delivered_at: null })
  expect(scene.site.requests()).toHaveLength(before)
})

test('a redirect is not followed, wherever it leads', async () => {
  const before = store.sent.length
  store.answer(
    { status: 307, headers: { Location: `${store.origin}/elsewhere` } },
    { status: 302, headers: { Location: 'http://169.254.169.254/' } },
  )
  for (const name of ['redirected-1', 'redirected-2'])
    expect(await download(video('redirected'), addressOf(name))).toMatchObject({
      code: 'delivery_refused',
      attempts: 1,
    })
  expect(store.sent.slice(before).map(({ path }) => path.split('?')[0])).toEqual([
    '/bucket/redirected-1.mp4',
    '/bucket/redirected-2.mp4',
  ])
})

test('a refusal ends the job, and one that comes before the body spares sending it', async () => {
  store.answer({ status: 403 }, { status: 403, early: true })
  for (const name of ['refused', 'refused-early']) {
    const ended = await download(video('refused'), addressOf(name))
    expect(ended).toMatchObject({ status: 'failed', code: 'delivery_refused', retryable: false, attempts: 1 })
    expect(ended.next_step).toContain('put_url')
    expect(sentTo(name)).toHaveLength(1)
  }
  expect(sentTo('refused-early')).toMatchObject([{ bytes: 0 }])
})

test('a retry delivers to the same address', async () => {
  store.answer({ status: 403 })
  const failed = await download(video('retried'), addressOf('retried'))
  const { status, body } = await scene.client.post(`${BASE}/job/${failed.download_id}/retry`)
  expect(status).toBe(202)
  expect(await scene.client.ended(String(body.download_id))).toMatchObject({ status: 'completed' })
  expect(sentTo('retried').map(({ path }) => path)).toEqual(Array(2).fill(sentTo('retried')[0]?.path))
})

test('the address of a store is a secret: neither Redis nor a log, a status or a list holds the address', async () => {
  const ended = await download(video('secret'), addressOf('secret'), { metadata: { story: 'secret' } })
  store.answer({ status: 403 })
  const failed = await download(video('secret failed'), addressOf('secret-failed'), { metadata: { story: 'secret' } })
  const wrong = await scene.client.post(`${BASE}/download`, {
    url: video('secret'),
    destination: { put_url: `ftp://example.com/${SECRET}` },
  })
  expect(wrong.status).toBe(400)
  const lists = await Promise.all(
    ['/jobs', '/downloads', `/jobs?metadata=story:secret`].map((path) => scene.client.get(`${BASE}${path}`)),
  )
  const answers = JSON.stringify([ended, failed, wrong.body, ...lists.map(({ body }) => body)])

  const redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
  const [, folder = ''] = (await redis.config('GET', 'dir')) as string[]
  redis.disconnect()
  // Everything that was ever written, also what has gone since.
  const written = () => textOf(join(folder, 'appendonlydir'))
  const log = () => scene.gateway.output() + scene.worker.output()
  await eventually(async () => {
    for (const id of [ended.download_id, failed.download_id]) {
      expect(await written()).toContain(String(id))
      expect(
        log()
          .split('\n')
          .filter((line) => line.includes(String(id)) && line.includes('job ended')),
      ).toHaveLength(1)
    }
  })
  const library = await textOf(join(scene.stack.dataDir, 'library'))
  const everywhere = { answers, written: await written(), log: log(), library }
  for (const [name, text] of Object.entries(everywhere)) {
    expect([name, text.includes(SECRET)]).toEqual([name, false])
    expect([name, text.includes('/bucket/')]).toEqual([name, false])
  }
  expect(everywhere.written).toContain(JSON.stringify({ origin: store.origin }).slice(1, -1))
}, 60_000)

async function textOf(folder: string): Promise<string> {
  const names = await readdir(folder)
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))).join('\n')
}
