/** Frozen workers, a full Redis, a Redis that is away: no good download fails, and nothing stays behind. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { descendantsOf, eventually, processesMentioning, type StackProcess } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(240_000)

const BYTES = 12_000_000
const RATE = 1_500_000

let scene: Surroundings
let redis: ReturnType<typeof connectRedis>
beforeEach(async () => {
  scene = await setTheScene()
  redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
})
afterEach(async () => {
  scene.stack.redis.thaw()
  redis.disconnect()
  await scene.stop()
})

const startBig = () => scene.client.download(scene.site.url('/big.mp4', { bytes: String(BYTES), rate: String(RATE) }))

const downloadedBeyond = (id: string, fraction: number) =>
  eventually(async () => Number((await scene.client.downloadStatus(id)).downloaded_bytes) > BYTES * fraction, {
    timeoutMs: 90_000,
    everyMs: 50,
  })

async function expectTheWholeFile(download: Record<string, unknown>): Promise<void> {
  expect(download).toMatchObject({ status: 'completed', size_bytes: BYTES, attempts: 1 })
  const response = await fetch(`${scene.gateway.origin}${download.download_url}`)
  const digest = createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')
  expect(digest).toBe(await scene.site.largeVideoDigest(BYTES))
}

const nothingIsLeft = () =>
  eventually(async () => expect(await readdir(join(scene.stack.dataDir, 'work'))).toEqual([]), { timeoutMs: 90_000 })

const signalAll = (pids: number[], signal: 'SIGSTOP' | 'SIGCONT') => {
  for (const pid of pids) process.kill(pid, signal)
}

/** The worker alone; the worker with its job and everything else that it started. */
const frozenParts: Record<string, (worker: StackProcess) => number[]> = {
  'without its children': ({ pid }) => [pid],
  'with its children': ({ pid }) => [pid, ...descendantsOf(pid).map((child) => child.pid)],
}

test.each(Object.keys(frozenParts))('a worker frozen %s: another one completes its download', async (parts) => {
  const id = await startBig()
  await downloadedBeyond(id, 0.2)
  const frozen = frozenParts[parts]?.(scene.worker) ?? []
  signalAll(frozen, 'SIGSTOP')
  try {
    await scene.stack.startWorker()
    // Found by its lock, which is taken within 40 s, also while the frozen processes hold the work folder.
    await expectTheWholeFile(await scene.client.ended(id, 120_000))
  } finally {
    signalAll(frozen, 'SIGCONT')
  }
  const before = await redis.hgetall(`{video-scraper}:download:${id}`)
  await delay(5000)
  const after = await redis.hgetall(`{video-scraper}:download:${id}`)
  for (const [field, value] of Object.entries(after)) expect(value).toBe(before[field])
  await expectTheWholeFile(await scene.client.downloadStatus(id))
  await eventually(() => processesMentioning(id).length === 0)
  await nothingIsLeft()
})

test('Redis full for 20 s, with a download at work, one that waits for its retry and one that ends: all complete', async () => {
  const running = await startBig()
  const retried = await scene.client.download(scene.site.url('/flaky', { key: 'full', failures: '1', status: '503' }))
  await downloadedBeyond(running, 0.1)
  await redis.config('SET', 'maxmemory', '1')
  await delay(20_000)
  await redis.config('SET', 'maxmemory', '0')
  await expectTheWholeFile(await scene.client.ended(running, 120_000))
  const other = await scene.client.ended(retried, 120_000)
  expect(other).not.toMatchObject({ code: 'internal_error' })
  await nothingIsLeft()
  const { body } = await scene.client.get('/api/video-scraper/downloads')
  expect(JSON.stringify(body)).toContain(running.replace('download_', ''))
})

test.each(['killed', 'frozen'])('SIGTERM while Redis is %s: the worker ends within 5 s, with code 0', async (how) => {
  const id = await startBig()
  await downloadedBeyond(id, 0.1)
  if (how === 'killed') {
    await delay(1500)
    await scene.stack.redis.kill9()
  } else scene.stack.redis.freeze()
  await delay(1000)
  const stoppedAt = Date.now()
  expect(await scene.worker.end('SIGTERM')).toBe(0)
  expect(Date.now() - stoppedAt).toBeLessThan(5000)
  expect(processesMentioning(id)).toEqual([])
  if (how === 'killed') await scene.stack.redis.restart()
  else scene.stack.redis.thaw()
  await scene.stack.startWorker()
  await expectTheWholeFile(await scene.client.ended(id, 120_000))
})

test('a worker that was just started does its first job warm', async () => {
  await scene.worker.end('SIGTERM')
  const id = await startBig()
  await scene.stack.startWorker()
  await downloadedBeyond(id, 0.1)
  const programs = processesMentioning(id).map(({ commandLine }) => commandLine)
  expect(programs).toContainEqual(expect.stringContaining('yt-dlp download'))
  expect(programs.filter((line) => line.includes('runner.py'))).toEqual([])
})
