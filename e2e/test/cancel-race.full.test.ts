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
/** About as long as such a download takes, from the POST to its end. */
const SPREAD_MS = 2500

let scene: Surroundings
let other: Client
beforeAll(async () => {
  scene = await setTheScene()
  await scene.stack.startWorker()
  other = clientOf((await scene.stack.startGateway()).origin)
}, 60_000)
afterAll(() => scene?.stop())

interface Outcome {
  id: string
  cancelled: boolean
}

async function race(round: number): Promise<Outcome> {
  const id = await scene.client.download(scene.site.url('/video.mp4'))
  await delay((round / ROUNDS) * SPREAD_MS)
  const { status, body } = await other.cancel(id)
  expect([200, 409]).toContain(status)
  const cancelled = body.status === 'cancelled'
  if (cancelled) expect((await scene.client.downloadStatus(id)).status).toBe('cancelled')
  return { id, cancelled }
}

test('whatever a cancel was answered is how the download ends, and stays', async () => {
  const outcomes: Outcome[] = []
  for (let round = 0; round < ROUNDS; round += 4) {
    outcomes.push(...(await Promise.all([0, 1, 2, 3].map((more) => race(round + more)))))
  }
  for (const { id, cancelled } of outcomes) {
    expect(await scene.client.ended(id, 60_000)).toMatchObject({ status: cancelled ? 'cancelled' : 'completed' })
  }
  // Both happened, or the race was none.
  expect(new Set(outcomes.map(({ cancelled }) => cancelled)).size).toBe(2)
  await eventually(async () => {
    expect(processesMentioning(scene.stack.dataDir)).toEqual([])
    expect(await readdir(join(scene.stack.dataDir, 'work'))).toEqual([])
  })
  const files = (await scene.client.get('/api/video-scraper/downloads')).body as unknown as { download_id: string }[]
  expect(files.map(({ download_id }) => download_id).toSorted()).toEqual(
    outcomes.flatMap(({ id, cancelled }) => (cancelled ? [] : [id])).toSorted(),
  )
})
