/** A video that takes more to encode than the service allows. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

jest.setTimeout(120_000)

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...UNLIMITED, TRANSCODE_CPU_SECONDS: '2' })
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(scene.site.url('/long/mpeg4.mp4'))).arrayBuffer()
}, 150_000)
afterAll(() => scene?.stop())

async function download(options: object) {
  const asked = { url: scene.site.url('/long/mpeg4.mp4'), compatibility: 'universal', transcode: true, ...options }
  const { body } = await scene.client.post('/api/video-scraper/download', asked)
  return scene.client.ended(String(body.download_id), 60_000)
}

test('the file stays as the source has it, with the reason; to who is strict it is a failure', async () => {
  const ended = await download({})
  const bytes = (await (await fetch(scene.site.url('/long/mpeg4.mp4'))).arrayBuffer()).byteLength
  expect(ended).toMatchObject({ status: 'completed', media_type: 'video/mp4', size_bytes: bytes })
  const codes = ((ended.warnings ?? []) as { code: string }[]).map(({ code }) => code)
  expect(codes).toEqual(expect.arrayContaining(['transcode_limit', 'compatibility_unavailable']))
  const strict = await download({ strict: true })
  expect(strict).toMatchObject({ status: 'failed', code: 'transcode_limit', retryable: false, attempts: 1 })
})
