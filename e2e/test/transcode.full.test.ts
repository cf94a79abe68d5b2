/** Encoding in turns: a job that waits for its own, and is cancelled meanwhile. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

jest.setTimeout(240_000)

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...UNLIMITED, JOB_TIMEOUT_SECONDS: '30' })
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(scene.site.url('/long/mpeg4.mp4'))).arrayBuffer()
}, 150_000)
afterAll(() => scene?.stop())

const LIMIT = { timeoutMs: 90_000, everyMs: 50 }

/** A download that takes some seconds to encode. */
async function begin(name: string): Promise<string> {
  const url = scene.site.url('/page', { src: '/long/mpeg4.mp4', name })
  const options = { compatibility: 'universal', transcode: true, fresh: true }
  const { body } = await scene.client.post('/api/video-scraper/download', { url, ...options })
  return String(body.download_id)
}

const folderOf = (id: string) => join(scene.stack.dataDir, 'work', id)
const encoded = async (id: string) =>
  (await readdir(folderOf(id)).catch(() => [])).filter((name) => name.startsWith('universal.'))
const isEncoding = async (id: string) => (await encoded(id)).some((name) => name.includes('.draft.'))
const codesOf = ({ warnings = [] }: Record<string, unknown>) => (warnings as { code: string }[]).map(({ code }) => code)

test('a job waits for its turn, keeps saying so, and can be cancelled; then the next one is encoded', async () => {
  const first = await begin('first')
  await eventually(() => isEncoding(first), LIMIT)
  const second = await begin('second')
  await eventually(async () => (await scene.client.downloadStatus(second)).phase === 'processing', LIMIT)
  expect(await encoded(second)).toEqual([])
  expect((await scene.client.cancel(second)).status).toBe(200)
  expect(await scene.client.ended(second, 20_000)).toMatchObject({ status: 'cancelled' })
  expect(codesOf(await scene.client.ended(first, 120_000))).toContain('video_transcoded')
  await eventually(async () => !(await readdir(join(scene.stack.dataDir, 'work'))).includes(second), LIMIT)
})
