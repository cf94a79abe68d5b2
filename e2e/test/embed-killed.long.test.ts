/** kill -9 of the worker while tags and chapters are written into the media: the next one writes them, each once, and fetches nothing again. */
import { execFile } from 'node:child_process'
import { watch } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually, processesMentioning, readRuntime } from '@video-scraper/testkit'
import { type Surroundings, setTheScene } from './surroundings.ts'

jest.setTimeout(240_000)

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene()
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(scene.site.url('/long/video.mp4'))).arrayBuffer()
}, 150_000)
afterAll(() => scene?.stop())

const requests = () => scene.site.requests('/long/video.mp4').length

/** Resolves in the moment in which the file that is written anew appears in the folder of the job, which the job has to make first. */
async function draftIn(folder: string): Promise<string> {
  await eventually(() => readdir(folder), { timeoutMs: 90_000, everyMs: 5 })
  return new Promise((resolve) => {
    const watcher = watch(folder, (_, name) => {
      if (!name?.includes('.draft.')) return
      watcher.close()
      resolve(name)
    })
  })
}

test('a worker that is killed in the middle of an embedding leaves a whole file to the next one', async () => {
  const url = scene.site.url('/jsonld', { chapters: 1, src: '/long/video.mp4' })
  const embed = ['metadata', 'chapters']
  const { body } = await scene.client.post('/api/video-scraper/download', { url, embed })
  const id = String(body.download_id)
  const work = join(scene.stack.dataDir, 'work', id)
  expect(await draftIn(work)).toMatch(/^media\..*draft\.mp4$/)
  await scene.worker.end('SIGKILL')
  await eventually(() => processesMentioning(id).length === 0)
  const before = requests()

  await scene.stack.startWorker()
  const download = await scene.client.ended(id, 180_000)
  expect(download).toMatchObject({ status: 'completed', attempts: 1 })
  expect(download.files).toHaveLength(1)
  // Each attempt looks at the beginning of the video once. Fetching it would be one request more.
  expect(requests()).toBe(before + 1)
  expect(await readdir(join(scene.stack.dataDir, 'work'))).not.toContain(id)

  const folder = join(scene.stack.dataDir, 'checked')
  await mkdir(folder)
  const path = join(folder, 'video.mp4')
  const reply = await fetch(`${scene.gateway.origin}${download.download_url}`)
  await writeFile(path, Buffer.from(await reply.arrayBuffer()))
  const shown = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', '-show_chapters', path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, shown)
  const { format, streams, chapters } = JSON.parse(stdout)
  expect(Number(format.duration)).toBeCloseTo(60, 0)
  expect(format.tags).toMatchObject({ title: 'A described video', artist: 'The test kit' })
  expect(streams.map((each: { codec_type: string }) => each.codec_type).toSorted()).toEqual(
    expect.arrayContaining(['audio', 'video']),
  )
  expect(chapters).toHaveLength(3)
})
