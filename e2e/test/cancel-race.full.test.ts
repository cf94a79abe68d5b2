/**
 * Never a `completed` after a `cancelled` answer, with two gateways, two workers and real downloads. The same race a
 * thousand times without yt-dlp is in `packages/queue/test`.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(600_000)

const ROUNDS = 60
const AT_ONCE = 4

let scene: Surroundings
let other: Client
beforeAll(async () => {
  scene = await setTheScene()
  await scene.stack.startWorker()
  other = clientOf((await scene.stack.startGateway()).origin)
}, 150_000)
afterAll(() => scene?.stop())

interface Outcome {
  id: string
  cancelled: boolean
}

const download = () => scene.client.download(scene.site.url('/video.mp4'))

/** How long downloads take here and now, from the POST to the end of the last of them. */
async function measured(): Promise<number> {
  const start = Date.now()
  const ids = await Promise.all(Array.from({ length: AT_ONCE }, download))
  await Promise.all(ids.map((id) => scene.client.ended(id, 120_000)))
  return Date.now() - start
}

async function race(round: number, longestMs: number): Promise<Outcome> {
  const id = await download()
  await delay((round / ROUNDS) * longestMs)
  const { status, body } = await other.cancel(id)
  expect([200, 409]).toContain(status)
  const cancelled = body.status === 'cancelled'
  if (cancelled) expect((await scene.client.downloadStatus(id)).status).toBe('cancelled')
  return { id, cancelled }
}

test('whatever a cancel was answered is how the download ends, and stays', async () => {
  const outcomes: Outcome[] = []
  // From at once to well after the end, on a quiet machine as on a busy one.
  const longestMs = 1.6 * (await measured())
  for (let round = 0; round < ROUNDS; round += AT_ONCE) {
    const rounds = Array.from({ length: AT_ONCE }, (_, more) => race(round + more, longestMs))
    outcomes.push(...(await Promise.all(rounds)))
  }
  for (const { id, cancelled } of outcomes) {
    expect(await scene.client.ended(id, 120_000)).toMatchObject({ status: cancelled ? 'cancelled' : 'completed' })
  }
  // Both happened, or the race was none.
  expect(new Set(outcomes.map(({ cancelled }) => cancelled)).size).toBe(2)
  await eventually(async () => {
    expect(processesMentioning(scene.stack.dataDir)).toEqual([])
    expect(await readdir(join(scene.stack.dataDir, 'work'))).toEqual([])
  })
  const files = (await scene.client.get('/api/video-scraper/downloads')).body as unknown as { download_id: string }[]
  const published = new Set(files.map(({ download_id }) => download_id))
  for (const { id, cancelled } of outcomes) expect(published.has(id)).toBe(!cancelled)
})
