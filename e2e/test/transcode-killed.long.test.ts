/** kill -9 of the worker while a video is encoded: the download goes on, fetches nothing again, and has one whole file. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually, processesMentioning } from '@video-scraper/testkit'
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

test('a worker that is killed while it encodes: the job goes on, fetches nothing again, and has one whole file', async () => {
  const id = await begin('killed')
  await eventually(() => isEncoding(id), LIMIT)
  await scene.worker.end('SIGKILL')
  await eventually(() => processesMentioning(id).length === 0)
  expect((await encoded(id)).every((name) => name.includes('.draft.'))).toBe(true)
  const fetched = scene.site.requests('/long/mpeg4.mp4').length
  await scene.stack.startWorker()
  const download = await scene.client.ended(id, 180_000)
  expect(download).toMatchObject({ status: 'completed', media_type: 'video/mp4' })
  expect(codesOf(download)).toContain('video_transcoded')
  expect(scene.site.requests('/long/mpeg4.mp4')).toHaveLength(fetched)
  expect(download.files).toHaveLength(1)
  const reply = await fetch(`${scene.gateway.origin}${download.download_url}`)
  const bytes = Buffer.from(await reply.arrayBuffer())
  expect([reply.status, bytes.length]).toEqual([200, Number(download.size_bytes)])
  expect(await readdir(join(scene.stack.dataDir, 'work'))).not.toContain(id)
})
