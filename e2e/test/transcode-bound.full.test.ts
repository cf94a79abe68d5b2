/** A video that takes more to encode than the service allows, or more space than its owner has. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

jest.setTimeout(120_000)

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...UNLIMITED, TRANSCODE_CPU_SECONDS: '2' })
  // The media are made when they are first asked for, which takes longer than a job waits.
  for (const path of ['/long/mpeg4.mp4', '/unplayed/opus.mkv']) await sizeOf(path)
}, 150_000)
afterAll(() => scene?.stop())

const sizeOf = async (path: string) => (await (await fetch(scene.site.url(path))).arrayBuffer()).byteLength
async function storedBytes(): Promise<number> {
  const library = join(scene.stack.dataDir, 'library')
  const media = (await readdir(library)).filter((name) => !name.endsWith('.json'))
  const sizes = await Promise.all(media.map(async (name) => (await stat(join(library, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
const codesOf = ({ warnings = [] }: Record<string, unknown>) => (warnings as { code: string }[]).map(({ code }) => code)

async function download(options: object, path = '/long/mpeg4.mp4') {
  const asked = { url: scene.site.url(path), compatibility: 'universal', transcode: true, ...options }
  const { body } = await scene.client.post('/api/video-scraper/download', asked)
  return scene.client.ended(String(body.download_id), 60_000)
}

test('the file stays as the source has it, with the reason; to who is strict it is a failure', async () => {
  const ended = await download({})
  const bytes = await sizeOf('/long/mpeg4.mp4')
  expect(ended).toMatchObject({ status: 'completed', media_type: 'video/mp4', size_bytes: bytes })
  expect(codesOf(ended)).toEqual(expect.arrayContaining(['transcode_limit', 'compatibility_unavailable']))
  const strict = await download({ strict: true })
  expect(strict).toMatchObject({ status: 'failed', code: 'transcode_limit', retryable: false, attempts: 1 })
})

test('where the owner may keep the fetched file and not the encoded one, the fetched one is what there is', async () => {
  const path = '/unplayed/opus.mkv'
  await scene.worker.end('SIGTERM')
  // In an mp4 it takes a kilobyte more than at its source; AAC takes many more than Opus.
  const OWNER_MAX_BYTES = String((await storedBytes()) + (await sizeOf(path)) + 2_000)
  await scene.stack.startWorker({ OWNER_MAX_BYTES, TRANSCODE_CPU_SECONDS: '60' })
  const strict = await download({ strict: true }, path)
  expect(strict).toMatchObject({ status: 'failed', code: 'transcode_limit', attempts: 1 })
  const ended = await download({}, path)
  expect(ended).toMatchObject({ status: 'completed' })
  expect(codesOf(ended)).toEqual(expect.arrayContaining(['transcode_limit', 'compatibility_unavailable']))
  expect(codesOf(ended)).not.toContain('audio_transcoded')
})
