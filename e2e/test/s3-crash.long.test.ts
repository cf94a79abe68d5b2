/** Workers that share a bucket and no disk: one dies around the publication of a file, and another finishes what it began. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import {
  type DisposableS3,
  eventually,
  type Stack,
  startS3,
  startStack,
  startVideoSite,
  type TemporaryFolder,
  temporaryFolder,
  type VideoSite,
} from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'

jest.setTimeout(600_000)

let s3: DisposableS3
let site: VideoSite
let stack: Stack
let redis: ReturnType<typeof connectRedis>
let origin: string
let client: Client
const folders: TemporaryFolder[] = []

/** Each worker has a machine of its own: a data folder that no other one sees. */
async function startWorkerElsewhere() {
  const folder = await temporaryFolder()
  folders.push(folder)
  return stack.startWorker({ DATA_DIR: folder.path, WORKER_DOWNLOAD_CONCURRENCY: '4' })
}

beforeAll(async () => {
  s3 = await startS3()
  site = await startVideoSite()
  stack = await startStack({
    settings: {
      ...s3.environment,
      EGRESS_ALLOW: `${site.host}:${site.port}`,
      DISK_RESERVE_BYTES: '0',
      MAX_DOWNLOADS_PER_CLIENT: '0',
    },
  })
  redis = connectRedis(stack.redis.url, 'worker', () => undefined)
  origin = (await stack.startGateway()).origin
  client = clientOf(origin)
}, 240_000)
afterAll(async () => {
  redis?.disconnect()
  await stack?.stop()
  await site?.stop()
  await s3?.stop()
  for (const folder of folders) await folder.remove()
})

const recordOf = (id: string) => `{video-scraper}:download:${id}`

/** Milliseconds between the first verdict `committed` and the kill: sidecar, upload, index and result follow one another. */
const KILLED_AFTER_MS = [0, 8, 30]

test('a worker that dies as it publishes leaves each file once, listed, and every download completed', async () => {
  let worker = await startWorkerElsewhere()
  const ids: string[] = []
  for (const [round, afterMs] of KILLED_AFTER_MS.entries()) {
    const begun = await Promise.all(
      [0, 1, 2].map((each) => client.download(site.url('/big.mp4', { bytes: 8_000_000 + 10 * round + each, rate: 0 }))),
    )
    ids.push(...begun)
    await eventually(
      async () => {
        const verdicts = await Promise.all(begun.map((id) => redis.hget(recordOf(id), 'verdict')))
        expect(verdicts).toContain('committed')
      },
      { timeoutMs: 60_000, everyMs: 0 },
    )
    await delay(afterMs)
    await worker.end('SIGKILL')
    worker = await startWorkerElsewhere()
  }
  const downloads = await Promise.all(ids.map((id) => client.ended(id, 200_000)))
  expect(downloads.map(({ status }) => status)).toEqual(ids.map(() => 'completed'))

  const names = downloads.map(({ filename }) => String(filename)).toSorted()
  const listed = (await client.get('/api/video-scraper/downloads')).body as unknown as { filename: string }[]
  expect(listed.map(({ filename }) => filename).toSorted()).toEqual(names)
  for (const [at, id] of ids.entries()) {
    const answer = await fetch(`${origin}${String(downloads[at]?.download_url)}`)
    expect([id, answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([id, 200, downloads[at]?.size_bytes])
  }
  // The folder of the server's own, with the parts of unfinished uploads, begins with a dot.
  const kept = (await readdir(join(s3.folder, s3.bucket))).filter((name) => !name.startsWith('.')).toSorted()
  expect(kept).toEqual(names.flatMap((name) => [name, `${name}.json`]).toSorted())
})
