/** The story of exits: one for all that a job fetches, others where one fails, and a site that is left alone. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectRedis, keys } from '@video-scraper/store'
import { type ConnectProxy, eventually, startConnectProxy } from '@video-scraper/testkit'
import { type Account, type CookieScene, setTheCookieScene } from './cookie-scene.ts'

const PASSWORD = 'exit-password-8c1f'
let folder: string
let exits: [ConnectProxy, ConnectProxy, ConnectProxy]
let scene: CookieScene
let owner: Account

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exits-'))
  const start = (from: string) => startConnectProxy({ from, user: 'user', password: PASSWORD })
  exits = [await start('127.0.0.2'), await start('127.0.0.3'), await start('127.0.0.4')]
  await writeExits(exits)
  scene = await setTheCookieScene({
    EGRESS_EXITS_FILE: join(folder, 'exits.json'),
    SITE_REST_AFTER: '2',
    WORKER_DOWNLOAD_CONCURRENCY: '2',
  })
  owner = await scene.account()
}, 90_000)
afterAll(async () => {
  await scene?.stop()
  for (const exit of exits ?? []) await exit.stop()
  await rm(folder, { recursive: true, force: true })
})

async function writeExits([one, two, three]: typeof exits): Promise<void> {
  const table = { sites: { '127.0.0.1': [one.url, two.url] }, countries: { DE: three.url } }
  await writeFile(join(folder, 'new.json'), JSON.stringify(table))
  await rename(join(folder, 'new.json'), join(folder, 'exits.json'))
}

/** The addresses from which the site was asked while the job ran, and what became of the job. */
async function addressesOf(kind: 'info' | 'download', request: Record<string, unknown>) {
  const before = scene.site.requests().length
  const ended = await owner.client.ended(await owner.start(kind, request))
  const seen = scene.site.requests().slice(before)
  return { ended, from: [...new Set(seen.map(({ from }) => from))], paths: seen.map(({ path }) => path) }
}

test('page, playlist, key and segments of a job leave through one exit, also where two exits take turns', async () => {
  const used = new Set<string>()
  for (let n = 0; n < 4 || (used.size < 2 && n < 12); n += 1) {
    const url = scene.site.url('/page', { src: '/hls-aes/aes.m3u8', n })
    const { ended, from, paths } = await addressesOf('download', { url })
    expect(ended).toMatchObject({ status: 'completed', attempts: 1 })
    expect(paths).toEqual(expect.arrayContaining(['/page', '/hls-aes/aes.m3u8', '/hls-aes/secret.key']))
    expect(paths.filter((path) => path.endsWith('.ts')).length).toBeGreaterThan(0)
    expect(from).toHaveLength(1)
    used.add(from[0] ?? '')
  }
  expect([...used].sort()).toEqual(['127.0.0.2', '127.0.0.3'])
  // The address was checked before, and is what the exit is asked for.
  expect(new Set(exits.flatMap(({ asked }) => asked))).toEqual(new Set([new URL(scene.site.url('/')).host]))
}, 60_000)

test('an info and a download of the same address share an exit, so that what was found out is used again', async () => {
  const url = scene.site.url('/page', { src: '/hls-aes/aes.m3u8', again: 1 })
  const info = await addressesOf('info', { url })
  const download = await addressesOf('download', { url })
  expect(download.ended).toMatchObject({ status: 'completed' })
  expect(download.from).toEqual(info.from)
  expect(download.paths).not.toContain('/page')
}, 30_000)

test('a country has an exit of its own; one without an exit is refused before a job is made', async () => {
  const url = scene.site.url('/page', { country: 1 })
  expect(await addressesOf('info', { url, country: 'DE' })).toMatchObject({ from: ['127.0.0.4'] })
  const { status, body } = await owner.client.post('/api/video-scraper/info', { url, country: 'FR' })
  expect([status, body.code, body.retryable]).toEqual([400, 'unknown_country', false])
  expect((await owner.client.post('/api/video-scraper/info', { url, country: 'germany' })).status).toBe(400)
}, 30_000)

test('a session stays with one exit, whatever is asked for in it', async () => {
  const login = await fetch(scene.site.url('/one-address/login'))
  await owner.store('bound', /session=([0-9a-f]+)/.exec(login.headers.get('set-cookie') ?? '')?.[1] ?? '')
  const used = new Set<string>()
  for (let n = 0; n < 6; n += 1) {
    const url = scene.site.url('/one-address/page', { n })
    const { ended, from } = await addressesOf('info', { url, cookies: 'bound' })
    expect(ended).toMatchObject({ status: 'completed' })
    for (const address of from) used.add(address)
  }
  expect(used.size).toBe(1)
}, 60_000)

test('a job that meets a bot check is tried by the next exit, and nothing of the exits is left anywhere', async () => {
  const url = scene.site.url('/limited/page', { key: 'two', looks: 1 })
  const first = await addressesOf('info', { url, max_age: 0 })
  expect(first.ended).toMatchObject({ status: 'completed', attempts: 1 })
  const second = await addressesOf('info', { url, max_age: 0 })
  expect(second.ended).toMatchObject({ status: 'completed' })
  expect(second.from).not.toEqual(first.from)
  expect(scene.worker.output()).toMatch(/site 127\.0\.0\.1, [12]/)
  const secrets = [PASSWORD, Buffer.from(`user:${PASSWORD}`).toString('base64')]
  expect(await scene.whereabouts(secrets)).toEqual([])
}, 60_000)

test('an exit that is away is left for another; with all of them away the job says so', async () => {
  await exits[0].stop()
  for (let n = 0; n < 4; n += 1) {
    const { ended, from } = await addressesOf('info', { url: scene.site.url('/page', { away: n }) })
    expect(ended).toMatchObject({ status: 'completed' })
    expect(from).toEqual(['127.0.0.3'])
  }
  await exits[2].stop()
  const id = await owner.start('info', { url: scene.site.url('/page', { away: 'all' }), country: 'DE' })
  await eventually(async () => {
    const { last_error: last } = await owner.client.infoStatus(id)
    expect(last).toMatchObject({ code: 'exit_unavailable' })
  })
  await owner.client.cancel(id)
  await exits[0].start()
}, 60_000)

test('a site that asks whether this is a bot again and again rests: its jobs wait, hold nothing, and can be cancelled', async () => {
  for (const key of ['rest-1', 'rest-2']) {
    const { ended } = await addressesOf('info', { url: scene.site.url('/limited/page', { key, looks: 0 }) })
    expect(ended).toMatchObject({ status: 'failed', code: 'bot_check' })
  }
  const before = scene.site.requests().length
  const ids = await Promise.all(
    [1, 2, 3].map((n) => owner.start('download', { url: scene.site.url('/page', { rests: n }) })),
  )
  for (const id of ids)
    await eventually(async () => {
      const status = await owner.client.downloadStatus(id)
      expect(status).toMatchObject({ status: 'in_progress', phase: 'queued', waiting_for: 'site_rest' })
      expect(Date.parse(String(status.next_attempt_at)) - Date.now()).toBeGreaterThan(25 * 60_000)
    })
  expect(scene.site.requests()).toHaveLength(before)
  const { body } = await owner.client.get('/api/status')
  expect(body.resting_sites).toEqual([{ site: '127.0.0.1', until: expect.any(String) }])
  expect((await owner.client.cancel(ids[0] ?? '')).status).toBe(200)
  // The rest is over.
  const redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
  await redis.del(keys.siteRests)
  for (const id of ids.slice(1)) await redis.zadd('{video-scraper}:download:delayed', 'XX', 1, id)
  redis.disconnect()
  for (const id of ids.slice(1))
    expect(await owner.client.ended(id)).toMatchObject({ status: 'completed', attempts: 1 })
  expect(await owner.client.downloadStatus(ids[0] ?? '')).toMatchObject({ status: 'cancelled' })
}, 90_000)
