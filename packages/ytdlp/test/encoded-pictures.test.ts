/** What becomes of pictures that are encoded again: their light, their colours and their fields. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { framesOf, jobWithMedia, type Stage, secondsOf, startStage } from './stage.ts'

const run = promisify(execFile)
const { ffmpeg, ffprobe } = readRuntime()

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a test waits.
  await (await fetch(stage.site.url('/pictures/fields.mkv'))).arrayBuffer()
}, 150_000)
afterAll(() => stage.stop())

const SHOWN = 'codec_name,profile,pix_fmt,color_range,color_space,color_transfer,color_primaries,field_order'

async function pictureOf(path: string): Promise<Record<string, unknown>> {
  const shown = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', `stream=${SHOWN}:stream_side_data`]
  const { stdout } = await run(ffprobe, [...shown, '-of', 'json', path])
  return JSON.parse(stdout).streams[0]
}

async function encoded(source: string) {
  const { job, path } = await jobWithMedia(stage, source)
  return { source: path, encoded: (await stage.engine.transcode({ path, video: true, audio: false }, job)).path }
}

/** How bright the middle of each bar is, in eight bits: 16 is black, 235 white. */
async function barsOf(path: string): Promise<number[]> {
  const raw = ['-frames:v', '1', '-vf', 'extractplanes=y', '-f', 'rawvideo', '-']
  const { stdout } = await run(ffmpeg, ['-v', 'error', '-i', path, ...raw], { encoding: 'buffer' })
  return [16, 48, 80].map((x) => stdout[32 * 96 + x] ?? Number.NaN)
}

const USUAL = { color_range: 'tv', color_space: 'bt709', color_transfer: 'bt709', color_primaries: 'bt709' }

// White is what BT.2408 calls so, 203 candelas; the bright light has a thousand. Copied as they are they would be 143 and 181, or 180 and 235.
test.each([
  ['SMPTE ST 2084', '/pictures/perceptual.mp4', [16, 200, 230]],
  ['SMPTE ST 2084 that only the container names', '/pictures/container.mp4', [16, 200, 230]],
  ['ARIB STD-B67', '/pictures/hybrid.webm', [16, 201, 230]],
  ['SMPTE ST 2084 whose colours are not named', '/pictures/bare.mkv', [16, 200, 230]],
])(
  'the light of %s is brought down: black stays black, white white, and lights are still brighter',
  async (_, url, bars) => {
    const made = await encoded(url)
    const picture = await pictureOf(made.encoded)
    expect(picture).toMatchObject({ codec_name: 'h264', profile: 'High', pix_fmt: 'yuv420p', ...USUAL })
    expect(picture.side_data_list).toBeUndefined()
    const found = await barsOf(made.encoded)
    for (const [at, brightness] of bars.entries()) expect(Math.abs((found[at] ?? 0) - brightness)).toBeLessThan(5)
  },
)

test('colours of BT.2020 without a high range become those of BT.709, as bright as they were', async () => {
  const made = await encoded('/pictures/wide.mkv')
  expect(await pictureOf(made.encoded)).toMatchObject({ pix_fmt: 'yuv420p', ...USUAL })
  const found = await barsOf(made.encoded)
  for (const [at, brightness] of [16, 125, 235].entries())
    expect(Math.abs((found[at] ?? 0) - brightness)).toBeLessThan(5)
})

/** How many frames look like fields that were put beside each other. */
async function combsIn(path: string): Promise<number> {
  const { stderr } = await run(ffmpeg, ['-i', path, '-vf', 'idet', '-f', 'null', '-'])
  const [, first, second] = /.*Multi frame detection: TFF:\s*(\d+) BFF:\s*(\d+)/s.exec(stderr) ?? []
  return Number(first) + Number(second)
}

test.each([
  ['fields', '/pictures/fields.mkv'],
  ['fields of which the file says nothing', '/pictures/unsaid.avi'],
])('%s become frames without combs, as many and as long', async (_, url) => {
  const made = await encoded(url)
  expect(await combsIn(made.source)).toBe(25)
  expect(await pictureOf(made.encoded)).toMatchObject({ codec_name: 'h264', field_order: 'progressive' })
  // ffmpeg takes some fine lines of the picture itself for combs.
  expect(await combsIn(made.encoded)).toBeLessThan(6)
  expect([await framesOf(made.source), await framesOf(made.encoded)]).toEqual([25, 25])
  expect(await secondsOf(made.encoded)).toBeCloseTo(1, 1)
})

test('a lossless picture becomes one of a profile that is played, though its pixels were already', async () => {
  const job = await stage.job()
  const path = join(job.folder, 'media.0.mp4')
  const lossless = ['-c:v', 'libx264', '-qp', '0', '-pix_fmt', 'yuv420p']
  await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=5:duration=1', ...lossless, path])
  expect(await pictureOf(path)).toMatchObject({ profile: 'High 4:4:4 Predictive', pix_fmt: 'yuv420p' })
  const { path: made } = await stage.engine.transcode({ path, video: true, audio: false }, job)
  expect(await pictureOf(made)).toMatchObject({ profile: 'High', pix_fmt: 'yuv420p' })
})
