/** Two workers share the rate of a site, and one of them is killed again and again: the rate still holds, and every job is done. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

jest.setTimeout(300_000)

const JOBS = 60
const RATE = { jobs: 40, seconds: 20, burst: 2 }
/** Between a turn and the request that uses it lies the start of yt-dlp, which may be slow on a busy machine. */
const LATE_MS = 3_000

let folder: string
let scene: Surroundings
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rates-'))
  const path = join(folder, 'exits.json')
  await writeFile(path, JSON.stringify({ rates: { '127.0.0.1': RATE } }))
  scene = await setTheScene({ ...WITHOUT_MEMORY, EGRESS_EXITS_FILE: path, WORKER_INFO_CONCURRENCY: '4' })
})
afterAll(async () => {
  await scene?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('no span of time sees more jobs than the rate, though a worker is killed three times', async () => {
  let other = await scene.stack.startWorker()
  const ids = await Promise.all(
    Array.from({ length: JOBS }, (_, n) => scene.client.info(scene.site.url('/jsonld', { n: String(n) }))),
  )
  const asked = () => scene.site.requests('/jsonld')
  for (const count of [6, 20, 35]) {
    await eventually(async () => asked().length >= count, { timeoutMs: 120_000, everyMs: 20 })
    await other.end('SIGKILL')
    other = await scene.stack.startWorker()
  }
  for (const id of ids) expect(await scene.client.ended(id, 200_000)).toMatchObject({ status: 'completed' })

  const times = asked()
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  expect(times.length).toBeGreaterThanOrEqual(JOBS)
  const perMs = RATE.jobs / (RATE.seconds * 1000)
  for (const [first, from] of times.entries())
    for (const [last, to] of times.entries())
      if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(RATE.burst + (to - from + LATE_MS) * perMs)
})
