/** Sources that send interim answers as fast as they can keep no honest job waiting: the whole stack. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type InterimAnswers, startInterimAnswers } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

let flood: InterimAnswers
let scene: Surroundings
beforeAll(async () => {
  flood = await startInterimAnswers()
  scene = await setTheScene(WITHOUT_MEMORY, [flood.host])
}, 60_000)
afterAll(async () => {
  await scene?.stop()
  await flood?.stop()
})

const HONEST_JOBS = 5

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < HONEST_JOBS; at++) {
    const since = performance.now()
    await work()
    times.push(performance.now() - since)
  }
  return times.sort((a, b) => a - b)[HONEST_JOBS >> 1] ?? Number.NaN
}

test('beside two of them an honest info job takes at most four times its time, or a second', async () => {
  const { client, site } = scene
  const honest = async () =>
    expect(await client.ended(await client.info(site.url('/jsonld')))).toMatchObject({ status: 'completed' })
  await honest()
  const alone = await medianMs(honest)

  let stopped = false
  const codes: unknown[] = []
  // Each of them asks again as soon as it has ended, so that two are there all the time.
  const hostile = [1, 2].map(async () => {
    while (!stopped) codes.push((await client.ended(await client.info(`http://${flood.host}/video.mp4`), 120_000)).code)
  })
  try {
    const beside = await medianMs(honest)
    expect(flood.connections()).toBeGreaterThan(0)
    expect(beside).toBeLessThan(Math.max(4 * alone, 1_000))
  } finally {
    stopped = true
    await Promise.all(hostile)
  }
  // They end for what they did, and not because the worker lost its locks.
  expect(new Set(codes)).toEqual(new Set(['network_error']))
}, 300_000)
