/** The story of a stream that has not begun: a job that waits for it, through the death of everything, and one that does not. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import {
  eventually,
  type NameServer,
  type SiteProxy,
  type Stack,
  startNameServer,
  startSiteProxy,
  startStack,
  startVideoSite,
  UPCOMING_HOST,
  upcomingUrl,
  type VideoSite,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { UNLIMITED } from './surroundings.ts'

jest.setTimeout(120_000)

const API = '/api/video-scraper'

let site: VideoSite
let proxy: SiteProxy
let names: NameServer
let stack: Stack
let gateway: Awaited<ReturnType<Stack['startGateway']>>
let worker: Awaited<ReturnType<Stack['startWorker']>>
let client: Client

beforeAll(async () => {
  site = await startVideoSite()
  proxy = await startSiteProxy(site)
  // The proxy leads every address to the site, so any public one will do.
  names = await startNameServer({ [UPCOMING_HOST]: ['9.9.9.9'] })
  stack = await startStack({
    settings: {
      ...UNLIMITED,
      EGRESS_DNS_SERVERS: names.address,
      EGRESS_UPSTREAM_PROXY: proxy.url,
      WORKER_INFO_CONCURRENCY: '1',
      WORKER_DOWNLOAD_CONCURRENCY: '1',
    },
  })
  ;[gateway, worker] = await Promise.all([stack.startGateway(), stack.startWorker()])
  client = clientOf(gateway.origin)
}, 90_000)
afterAll(async () => {
  await stack?.stop()
  await Promise.all([names?.stop(), proxy?.stop()])
  await site?.stop()
})

const inSeconds = (seconds: number) => (Math.floor(Date.now() / 1000) + seconds) * 1000
const instant = (epochMs: number) => new Date(epochMs).toISOString()

async function start(kind: 'info' | 'download', body: object): Promise<string> {
  const { status, body: answer } = await client.post(`${API}/${kind}`, body)
  expect([status, answer]).toEqual([202, expect.anything()])
  return String(answer.job_id ?? answer.download_id)
}
const waits = (id: string) =>
  eventually(
    async () => {
      const status = await client.downloadStatus(id)
      expect(status).toMatchObject({ status: 'in_progress', next_attempt_at: expect.any(String) })
      return status
    },
    { timeoutMs: 60_000 },
  )

test('a job that does not wait fails and says when it begins, in its status and in the list', async () => {
  const startsAt = inSeconds(3600)
  const url = upcomingUrl({ startsAt })
  for (const kind of ['info', 'download'] as const) {
    const ended = await client.ended(await start(kind, { url }))
    expect(ended).toMatchObject({ status: 'failed', code: 'live_not_started', starts_at: instant(startsAt) })
  }
})

test('a start that is farther ahead than the operator allows is not waited for', async () => {
  const startsAt = inSeconds(8 * 86_400)
  const id = await start('info', { url: upcomingUrl({ startsAt }), wait_for_start: true })
  expect(await client.ended(id)).toMatchObject({ code: 'live_not_started', starts_at: instant(startsAt) })
})

test('a job that waits outlives worker, gateway and Redis, holds no slot, and completes when the stream has begun', async () => {
  const startsAt = inSeconds(20)
  const id = await start('download', { url: upcomingUrl({ startsAt }), wait_for_start: true })
  const status = await waits(id)
  expect(status).toMatchObject({
    status_message: 'Waiting for the stream to start',
    phase: 'queued',
    attempts: 1,
    last_error: { code: 'live_not_started', error: expect.any(String), starts_at: instant(startsAt) },
    options: { wait_for_start: true },
  })
  const dueAt = Date.parse(String(status.next_attempt_at))
  expect(dueAt - startsAt).toBeGreaterThanOrEqual(5000)
  expect(dueAt - startsAt).toBeLessThanOrEqual(15_000)

  // The only slot for downloads is free.
  const other = await start('download', { url: upcomingUrl({ startsAt: inSeconds(-5), key: 'other' }) })
  expect(await client.ended(other)).toMatchObject({ status: 'completed' })

  await Promise.all([worker.end('SIGKILL'), gateway.end('SIGKILL')])
  await stack.redis.kill9()
  await stack.redis.restart()
  ;[gateway, worker] = await Promise.all([stack.startGateway(), stack.startWorker()])
  client = clientOf(gateway.origin)
  expect(await client.ended(id, 90_000)).toMatchObject({ status: 'completed', attempts: 1 })
})

test('a job that waits is cancelled at once', async () => {
  const id = await start('download', {
    url: upcomingUrl({ startsAt: inSeconds(3600), key: 'cancelled' }),
    wait_for_start: true,
  })
  await waits(id)
  expect((await client.cancel(id)).status).toBe(200)
  expect(await client.downloadStatus(id)).toMatchObject({ status: 'cancelled' })
})
