/** `transcode` through the whole stack: what is encoded again, what is not, what is said of it, and what is refused. */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene(UNLIMITED)
  // The media are made when they are first asked for, which takes longer than a job waits.
  for (const path of ['/counted/video.webm', '/unplayed/opus.mkv', '/pictures/fields.mkv'])
    await (await fetch(scene.site.url(path))).arrayBuffer()
}, 150_000)
afterAll(() => scene?.stop())

const UNIVERSAL = { compatibility: 'universal' }
const TRANSCODED = { ...UNIVERSAL, transcode: true }

async function download(path: string, options: object) {
  const url = scene.site.url(path)
  const { status, body } = await scene.client.post('/api/video-scraper/download', { url, ...options })
  expect(status).toBe(202)
  const ended = await scene.client.ended(String(body.download_id), 60_000)
  const codes = ((ended.warnings ?? []) as { code: string }[]).map(({ code }) => code)
  // Of every address of the site, and of a page that says another length than that of the film.
  const expected = ['generic_extraction', 'length_differs']
  return { ...ended, codes: codes.filter((code) => !expected.includes(code)) } as Record<string, unknown>
}

/** Kind and codec of each stream, as ffprobe sees them in what the gateway serves. */
async function codecsOf({ download_url }: Record<string, unknown>): Promise<string[]> {
  const path = join(scene.stack.dataDir, 'served.mp4')
  await writeFile(path, Buffer.from(await (await fetch(`${scene.gateway.origin}${download_url}`)).arrayBuffer()))
  const shown = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', path]
  const found = execFileSync(readRuntime().ffprobe, shown, { encoding: 'utf8' })
  return found.split(/[\s,]+/).filter((name) => name !== '' && name !== 'bin_data')
}

test('VP9 with Opus becomes H.264 with AAC in mp4, with its chapters, which is said, and is given again to who asks the same', async () => {
  const options = { ...TRANSCODED, strict: true, embed: ['chapters', 'metadata'] }
  const ended = await download('/jsonld?chapters=2&src=/counted/video.webm', options)
  expect(ended).toMatchObject({ status: 'completed', media_type: 'video/mp4', cached: false, options: TRANSCODED })
  expect(ended.codes).toEqual(['video_transcoded', 'audio_transcoded'])
  expect(await codecsOf(ended)).toEqual(['h264', 'aac'])
  const again = await download('/jsonld?chapters=2&src=/counted/video.webm', options)
  expect(again).toMatchObject({ cached: true, sha256: ended.sha256, codes: ended.codes })
  const without = await download('/jsonld?chapters=2&src=/counted/video.webm', UNIVERSAL)
  expect(without).toMatchObject({ cached: false, codes: ['compatibility_unavailable'] })
})

test('of H.264 with Opus only the sound is encoded again', async () => {
  const ended = await download('/unplayed/opus.mkv', TRANSCODED)
  expect(ended).toMatchObject({ status: 'completed', media_type: 'video/mp4', codes: ['audio_transcoded'] })
  expect(await codecsOf(ended)).toEqual(['h264', 'aac'])
})

test.each([
  ['high dynamic range', '/pictures/perceptual.mp4'],
  ['fields', '/pictures/fields.mkv'],
])('a picture of %s becomes one that all players show, which is strictly what was asked for', async (_, path) => {
  const ended = await download(path, { ...TRANSCODED, strict: true })
  expect(ended).toMatchObject({ status: 'completed', media_type: 'video/mp4', codes: ['video_transcoded'] })
  expect(await codecsOf(ended)).toEqual(['h264'])
})

test('what all players play already stays as it is, to the byte, and nothing is said', async () => {
  const without = await download('/video.mp4', UNIVERSAL)
  const ended = await download('/video.mp4', TRANSCODED)
  expect(ended).toMatchObject({ status: 'completed', sha256: without.sha256, codes: [] })
})

test.each<[string, object, string]>([
  ['alone', {}, 'transcode makes sense only beside compatibility'],
  ['beside sound alone', { ...UNIVERSAL, media: 'audio' }, 'transcode must not stand beside media audio'],
  [
    'for the entries of a playlist, alone',
    { options: { transcode: true } },
    'transcode makes sense only beside compatibility',
  ],
])('it is refused %s', async (_, options, message) => {
  const isPlaylist = 'options' in options
  const body = { url: scene.site.url('/video.mp4'), ...(isPlaylist ? {} : { transcode: true }), ...options }
  const refused = await scene.client.post(`/api/video-scraper/${isPlaylist ? 'playlist' : 'download'}`, body)
  expect(refused.status).toBe(400)
  expect(JSON.stringify(refused.body)).toContain(message)
})
