/** Nothing is lost: real signals to real processes in the middle of real downloads. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { eventually, isAlive, processesMentioning } from '@video-scraper/testkit'
import { clientOf } from './client.ts'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(180_000)

const BYTES = 24_000_000
/** Long enough to be killed twice in the middle. */
const RATE = 1_500_000

let scene: Surroundings
beforeEach(async () => {
  scene = await setTheScene()
})
afterEach(() => scene.stop())

const startBig = () => scene.client.download(scene.site.url('/big.mp4', { bytes: String(BYTES), rate: String(RATE) }))

const downloadedBeyond = (id: string, fraction: number) =>
  eventually(async () => Number((await scene.client.downloadStatus(id)).downloaded_bytes) > BYTES * fraction, {
    timeoutMs: 90_000,
    everyMs: 50,
  })

async function expectTheWholeFile(download: Record<string, unknown>): Promise<void> {
  expect(download).toMatchObject({ status: 'completed', size_bytes: BYTES })
  const response = await fetch(`${scene.gateway.origin}${download.download_url}`)
  const digest = createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')
  expect(digest).toBe(await scene.site.largeVideoDigest(BYTES))
  expect(download.sha256).toBe(digest)
}

test('a worker that is killed twice in the middle of a download resumes it, and the file is whole', async () => {
  const id = await startBig()
  const progress: number[] = []
  let { worker } = scene
  for (const fraction of [0.15, 0.4]) {
    await downloadedBeyond(id, fraction)
    progress.push(Number((await scene.client.downloadStatus(id)).progress))
    await worker.end('SIGKILL')
    await eventually(() => processesMentioning(id).length === 0)
    worker = await scene.stack.startWorker()
  }
  const returned = Date.now()
  const download = await scene.client.ended(id, 120_000)
  expect(Date.now() - returned).toBeLessThan(60_000)
  await expectTheWholeFile(download)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  // Resumed, not begun anew: some request asked for the rest only.
  expect(scene.site.requests('/big.mp4').some(({ headers }) => headers.range?.startsWith('bytes='))).toBe(true)
  await eventually(async () => (await readdir(join(scene.stack.dataDir, 'work'))).length === 0)
})

test('SIGTERM hands the download back without using an attempt, and another worker goes on', async () => {
  const id = await startBig()
  await downloadedBeyond(id, 0.2)
  expect(await scene.worker.end('SIGTERM')).toBe(0)
  expect(processesMentioning(id)).toEqual([])
  expect(await scene.client.downloadStatus(id)).toMatchObject({
    status: 'in_progress',
    status_message: 'Queued',
    attempts: 1,
  })
  await scene.stack.startWorker()
  const download = await scene.client.ended(id, 120_000)
  await expectTheWholeFile(download)
  expect(download.attempts).toBe(1)
})

test('a gateway that is killed and started again knows every job', async () => {
  const id = await startBig()
  const info = await scene.client.info(scene.site.url('/jsonld'))
  await scene.client.ended(info)
  await scene.gateway.end('SIGKILL')
  const gateway = await scene.stack.startGateway()
  const client = clientOf(gateway.origin)
  expect(await client.infoStatus(info)).toMatchObject({ status: 'completed' })
  expect(await client.ended(id, 120_000)).toMatchObject({ status: 'completed' })
  const { body } = await client.get('/api/video-scraper/jobs')
  expect((body.jobs as { id: string }[]).map((job) => job.id)).toEqual([info, id])
})

test('a Redis that is killed in the middle comes back with jobs, results and files', async () => {
  const finished = await scene.client.download(scene.site.url('/video.mp4'))
  const before = await scene.client.ended(finished)
  const id = await startBig()
  await downloadedBeyond(id, 0.2)
  // What is older than a second is on disk: `appendfsync everysec`.
  await new Promise((resolve) => setTimeout(resolve, 1500))
  await scene.stack.redis.kill9()
  const away = await scene.client.get(`/api/video-scraper/status/${id}`)
  expect(away).toMatchObject({ status: 503, body: { code: 'service_unavailable', retryable: true } })
  await scene.stack.redis.restart()
  await eventually(async () => (await scene.client.get('/health/ready')).status === 200, { timeoutMs: 60_000 })
  await expectTheWholeFile(await scene.client.ended(id, 120_000))
  expect(await scene.client.downloadStatus(finished)).toEqual(before)
  expect((await fetch(`${scene.gateway.origin}${before.download_url}`)).status).toBe(200)
})

test('a job that is cancelled while its worker is dead is drained by the next one', async () => {
  const id = await startBig()
  await downloadedBeyond(id, 0.2)
  await scene.worker.end('SIGKILL')
  expect((await scene.client.cancel(id)).status).toBe(200)
  expect(await scene.client.downloadStatus(id)).toMatchObject({ status: 'cancelled' })
  const worker = await scene.stack.startWorker()
  await eventually(async () => (await readdir(join(scene.stack.dataDir, 'work'))).length === 0, { timeoutMs: 60_000 })
  expect(await scene.client.downloadStatus(id)).toMatchObject({ status: 'cancelled' })
  expect(worker.output()).toContain('"outcome":"cancelled"')
})

test('200 jobs leave no process, no descriptor, no folder and no key but their own records behind', async () => {
  const descriptorsOf = async () => (await readdir(`/proc/${scene.worker.pid}/fd`)).length
  const paths = ['/video.mp4', '/jsonld', '/status/404', '/page-without-video', '/several']
  const run = async (count: number) => {
    const ids: string[] = []
    for (let made = 0; made < count; made += 1) {
      ids.push(await scene.client.info(scene.site.url(paths[made % paths.length] ?? '/')))
    }
    for (const id of ids) await scene.client.ended(id, 400_000)
  }
  /** How many keys there are of each kind, whatever their ids. */
  const keysNow = async () => {
    const redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
    const all = await redis.keys('*').finally(() => redis.disconnect())
    const counts: Record<string, number> = {}
    for (const key of all) {
      const kind = key.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'ID')
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    return counts
  }
  await run(8)
  const descriptors = await descriptorsOf()
  await run(192)
  await eventually(async () => {
    const { '{video-scraper}:info:ID': records, ...others } = await keysNow()
    expect(records).toBe(200)
    // What else there is, such as the lists and heartbeats, is there once: a lock would be one of many.
    expect(Object.entries(others).filter(([kind, count]) => count > 1 || kind.endsWith(':lock'))).toEqual([])
  })
  await eventually(async () => {
    expect(await readdir(join(scene.stack.dataDir, 'work'))).toEqual([])
    expect(processesMentioning(scene.stack.dataDir)).toEqual([])
    expect(await descriptorsOf()).toBeLessThanOrEqual(descriptors + 3)
  })
  expect(isAlive(scene.worker.pid)).toBe(true)
}, 480_000)
