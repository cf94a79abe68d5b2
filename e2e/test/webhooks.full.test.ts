/** Every end is reported: real signals to real processes around announcing, fanning out and delivering. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { clientOf } from './client.ts'
import { setTheWebhookScene, type WebhookScene } from './webhook-scene.ts'

jest.setTimeout(600_000)

let scene: WebhookScene
beforeEach(async () => {
  scene = await setTheWebhookScene()
}, 60_000)
afterEach(() => scene?.stop())

const PATHS = ['/jsonld', '/status/404', '/video.mp4']
const infos = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => scene.client.info(scene.site.url(PATHS[at % 3] ?? '/'))))

const recordOf = (id: string) => `{video-scraper}:${id.startsWith('download_') ? 'download' : 'info'}:${id}`

/** As soon as something is queued there. It may be there for a tenth of a second, so this looks without a pause. */
const queued = (queue: string) =>
  eventually(async () => (await scene.redis.zcard(`{video-scraper}:${queue}:delayed`)) > 0, {
    timeoutMs: 60_000,
    everyMs: 0,
  })

test('a worker that is killed between announcing, fanning out and delivering leaves nothing unreported', async () => {
  let { worker } = scene
  const restart = async () => {
    await worker.end('SIGKILL')
    worker = await scene.stack.startWorker()
  }
  const ids = await infos(6)
  await queued('announcement')
  await restart()

  scene.receiver.answer('hang', 'hang')
  const before = scene.receiver.received().length
  ids.push(await scene.client.download(scene.site.url('/video.mp4')), ...(await infos(2)))
  await eventually(() => scene.receiver.received().length > before, { timeoutMs: 60_000 })
  await restart()

  scene.receiver.answer({ status: 500 }, 'close', { status: 503, headers: { 'retry-after': '2' } })
  for (const pauseMs of [200, 700]) {
    ids.push(...(await infos(3)))
    await delay(pauseMs)
    await restart()
  }
  await scene.allReported(ids)
})

test('SIGTERM of a worker in the middle of a delivery hands it to the next one', async () => {
  scene.receiver.answer('hang')
  const ids = await infos(1)
  await eventually(() => scene.receiver.received().length === 1, { timeoutMs: 60_000 })
  expect(await scene.worker.end('SIGTERM')).toBe(0)
  await scene.stack.startWorker()
  await scene.allReported(ids)
})

test('a gateway that is killed while it cancels tells of what was cancelled, and of nothing else', async () => {
  const other = clientOf((await scene.stack.startGateway()).origin)
  const ids: string[] = []
  for (const killAfterMs of [0, 2, 4, 8, 16]) {
    const gateway = await scene.stack.startGateway()
    const id = await other.download(scene.site.url('/slow.mp4', { rate: '20000' }))
    ids.push(id)
    const answer = clientOf(gateway.origin)
      .cancel(id)
      .catch(() => null)
    await delay(killAfterMs)
    await gateway.end('SIGKILL')
    const cancelled = (await answer)?.body.status === 'cancelled'
    if (cancelled) expect((await other.downloadStatus(id)).status).toBe('cancelled')
    // Where the kill came before the verdict, it goes on, and is cancelled by somebody who lives.
    else await other.cancel(id)
  }
  await scene.allReported(ids)
  expect(scene.reported()).toEqual(ids.map((id) => `download_cancelled ${id}`).toSorted())
})

test('a Redis that is killed around deliveries comes back with every one of them', async () => {
  scene.receiver.answer({ status: 500 }, 'hang', { status: 500 })
  const ids = await infos(6)
  await eventually(() => scene.receiver.received().length > 2, { timeoutMs: 60_000 })
  for (const pauseMs of [0, 400]) {
    await scene.stack.redis.kill9()
    await delay(pauseMs)
    await scene.stack.redis.restart()
    await eventually(async () => (await scene.client.get('/health/ready')).status === 200, { timeoutMs: 30_000 })
    ids.push(...(await infos(3)))
  }
  await scene.allReported(ids)
})

test('a job that no worker ended in its own hand is reported: it was started too often without an end', async () => {
  const counted = await scene.client.download(scene.site.url('/slow.mp4', { rate: '50000' }))
  // The lock is there a moment before the start is written down, so the lock alone is not waited for.
  const starts = async () => (await scene.redis.hkeys(recordOf(counted))).filter((field) => field.startsWith('start '))
  await eventually(async () => expect(await starts()).toHaveLength(1), { timeoutMs: 60_000 })
  await scene.worker.end('SIGKILL')
  for (const start of [1, 2, 3]) await scene.redis.hset(recordOf(counted), `start dead-worker:${start}`, 1)
  const worker = await scene.stack.startWorker()
  await scene.allReported([counted])
  expect(scene.reported()).toEqual([`download_failed ${counted}`])
  expect(await scene.client.downloadStatus(counted)).toMatchObject({ code: 'worker_crashed' })
  expect(worker.output()).toContain('"outcome":"failed"')
})
