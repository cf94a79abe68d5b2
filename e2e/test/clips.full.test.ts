/** kill -9 of the worker while a clip is cut: the download goes on, fetches nothing again, and has each file once. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(240_000)

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene()
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(scene.site.url('/long/video.mp4'))).arrayBuffer()
}, 150_000)
afterAll(() => scene?.stop())

interface File {
  filename: string
  role: string
  part?: { start: number; end: number }
  media_type: string
  download_url: string
}

test('a worker that is killed in the middle of a clip leaves the whole clips to the next one', async () => {
  const clips = [
    { start: 1, end: 2 },
    { start: 0, end: 30, exact: true },
    { start: 5, end: 6 },
  ]
  const url = scene.site.url('/page', { src: '/long/video.mp4' })
  const { body } = await scene.client.post('/api/video-scraper/download', { url, clips })
  const id = String(body.download_id)
  const work = join(scene.stack.dataDir, 'work', id)
  const parts = async () => (await readdir(work).catch(() => [])).filter((name) => name.startsWith('part.'))
  await eventually(async () => (await parts()).some((name) => name.startsWith('part.2.') && name.includes('.draft.')), {
    timeoutMs: 90_000,
    everyMs: 20,
  })
  await scene.worker.end('SIGKILL')
  await eventually(() => processesMentioning(id).length === 0)
  const left = await parts()
  const whole = left.find((name) => name.startsWith('part.1.'))
  expect([whole?.includes('.draft.'), left.some((name) => name.startsWith('part.3.'))]).toEqual([false, false])
  const fetched = scene.site.requests('/long/video.mp4').length
  await scene.stack.startWorker()
  const download = await scene.client.ended(id, 180_000)
  expect(download).toMatchObject({ status: 'completed' })
  const files = download.files as File[]
  expect(files.map(({ role, part }) => [role, part?.start])).toEqual([
    ['media', undefined],
    ['clip', 1],
    ['clip', 0],
    ['clip', 5],
  ])
  expect(new Set(files.map(({ filename }) => filename)).size).toBe(4)
  for (const file of files) {
    const reply = await fetch(`${scene.gateway.origin}${file.download_url}`)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    await reply.arrayBuffer()
  }
  expect(scene.site.requests('/long/video.mp4')).toHaveLength(fetched)
  const listed = await scene.client.get('/api/video-scraper/downloads?role=clip')
  expect(JSON.stringify(listed.body).match(/-clip\.mp4"/g)?.length).toBeGreaterThanOrEqual(3)
  expect(await readdir(join(scene.stack.dataDir, 'work'))).not.toContain(id)
})
