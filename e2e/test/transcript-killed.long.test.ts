/** kill -9 of the worker in the middle of a transcript: the next one asks again, and there is one result, with each file once. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(120_000)

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene()
}, 60_000)
afterAll(() => scene?.stop())

test('a worker that is killed while it fetches captions leaves the transcript to the next one', async () => {
  const { client, site, stack } = scene
  const { body } = await client.post('/api/video-scraper/transcript', { url: site.url('/spoken?file=long&pause=4000') })
  const id = String(body.job_id)
  const asked = () => site.requests('/spoken/long.vtt').length
  await eventually(() => asked() === 1, { timeoutMs: 30_000, everyMs: 20 })
  await scene.worker.end('SIGKILL')
  await eventually(() => processesMentioning(id).length === 0)
  expect((await client.infoStatus(id)).status).toBe('processing')
  await stack.startWorker()
  const ended = await client.ended(id, 90_000)
  expect(ended).toMatchObject({ status: 'completed', kind: 'transcript' })
  expect(asked()).toBe(2)
  const names = (ended.files as { filename: string }[]).map(({ filename }) => filename)
  expect(new Set(names).size).toBe(4)
  const listed = (await client.get('/api/video-scraper/downloads?role=transcript')).body as unknown as {
    filename: string
  }[]
  expect(listed.map(({ filename }) => filename).toSorted()).toEqual(names.toSorted())
})
