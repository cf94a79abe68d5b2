/**
 * A worker of an earlier build beside a gateway of today: it leaves the jobs that it would not understand to a newer worker, as
 * the versions of payloads promise. That build is made from the history of git, which takes minutes; `EARLIER_BUILD` names a folder
 * where it was made before (`node e2e/upgrade/build.mjs FOLDER`).
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectRedis } from '@video-scraper/store'
import { eventually, type Stack, startStack, temporaryFolder } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

const BUILD = fileURLToPath(new URL('../upgrade/build.mjs', import.meta.url))

let scene: Surroundings
let earlier: Stack
const endings: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  const root = process.env.EARLIER_BUILD ?? (await build())
  scene = await setTheScene()
  endings.unshift(scene.stop)
  const { ytdlp } = JSON.parse(readFileSync(join(root, '.runtime/runtime.json'), 'utf8'))
  const { redis, dataDir } = scene.stack
  earlier = await startStack({
    root,
    settings: {
      REDIS_URL: redis.url,
      DATA_DIR: dataDir,
      YTDLP_HOME: ytdlp,
      EGRESS_ALLOW: `${scene.site.host}:${scene.site.port}`,
    },
  })
  endings.unshift(earlier.stop)
}, 900_000)
afterAll(async () => {
  for (const end of endings) await end()
})

async function build(): Promise<string> {
  const folder = await temporaryFolder()
  endings.unshift(folder.remove)
  await promisify(execFile)(process.execPath, [BUILD, folder.path], { timeout: 800_000 })
  return folder.path
}

/** BullMQ's own list of jobs that wait for a time. */
async function isDelayed(id: string): Promise<boolean> {
  const redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
  try {
    const kind = id.startsWith('download_') ? 'download' : 'info'
    return (await redis.zscore(`{video-scraper}:${kind}:delayed`, id)) !== null
  } finally {
    redis.disconnect()
  }
}

test('a job of a newer version waits for a worker that understands it, and no attempt is used up', async () => {
  await scene.worker.end('SIGTERM')
  const older = await earlier.startWorker()
  const ids = [
    await scene.client.info(scene.site.url('/jsonld')),
    await scene.client.download(scene.site.url('/video.mp4')),
  ]
  for (const id of ids) await eventually(() => isDelayed(id))
  for (const id of ids) {
    const status = id.startsWith('download_')
      ? await scene.client.downloadStatus(id)
      : await scene.client.infoStatus(id)
    expect(status.status).toMatch(/^(processing|in_progress)$/)
    expect(status).toMatchObject({ attempts: 0 })
    expect(status).not.toHaveProperty('last_error')
  }
  expect(scene.site.requests('/jsonld')).toEqual([])
  await scene.stack.startWorker()
  await older.end('SIGTERM')
  for (const id of ids) expect(await scene.client.ended(id, 90_000)).toMatchObject({ status: 'completed', attempts: 1 })
}, 180_000)
