/** The well-behaved half of the video site. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime, startVideoSite, temporaryFolder, type VideoSite } from '../src/index.ts'
import { routes } from '../src/site/routes.ts'

let site: VideoSite
beforeAll(async () => {
  site = await startVideoSite()
})
afterAll(() => site.stop())

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer())
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

test('the index names every address, and none twice', async () => {
  const page = await (await fetch(site.origin)).text()
  for (const { path, example = path } of routes) expect(page).toContain(example.replaceAll('&', '&amp;'))
  expect(new Set(routes.map(({ path }) => path)).size).toBe(routes.length)
})

test('the plain video has a length, an ETag and ranges, and HEAD says the same without a body', async () => {
  const whole = await fetch(site.url('/video.mp4'))
  const bytes = await bytesOf(whole)
  const head = await fetch(site.url('/video.mp4'), { method: 'HEAD' })
  for (const response of [whole, head]) {
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^".+"$/),
    })
  }
  expect(await head.text()).toBe('')
})

test.each([
  ['bytes=10-19', 10, 20],
  ['bytes=100-', 100, undefined],
  ['bytes=-7', -7, undefined],
  ['bytes=5-99999999', 5, undefined],
])('the range %s is answered with exactly those bytes', async (range, start, end) => {
  const bytes = await bytesOf(await fetch(site.url('/video.mp4')))
  const part = await fetch(site.url('/video.mp4'), { headers: { range } })
  const expected = bytes.subarray(start, end)
  const first = bytes.length + (start < 0 ? start : start - bytes.length)
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes ${first}-${first + expected.length - 1}/${bytes.length}`)
  expect((await bytesOf(part)).equals(expected)).toBe(true)
})

test('a range beyond the end is 416, and two addresses know no ranges', async () => {
  const beyond = await fetch(site.url('/video.mp4'), { headers: { range: 'bytes=99999999-' } })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, expect.stringMatching(/^bytes \*\/\d+$/)])
  const plain = await fetch(site.url('/video-no-range.mp4'), { headers: { range: 'bytes=10-19' } })
  expect([plain.status, (await bytesOf(plain)).length]).toEqual([200, 200_000])
  const chunked = await fetch(site.url('/chunked.mp4'), { headers: { range: 'bytes=10-19' } })
  expect([chunked.status, chunked.headers.get('content-length')]).toEqual([200, null])
  expect((await bytesOf(chunked)).length).toBe(200_000)
})

test('a large video has exactly the size and the digest that were stated before, also in parts', async () => {
  const url = site.url('/big.mp4', { bytes: 5_000_003 })
  const whole = await bytesOf(await fetch(url))
  expect(whole.length).toBe(5_000_003)
  expect(sha256(whole)).toBe(await site.largeVideoDigest(5_000_003))
  const cuts = [0, 3, 80_000, 1_200_000, 1_200_001, 3_333_333, whole.length]
  const parts = await Promise.all(
    cuts.slice(1).map(async (end, index) => {
      return bytesOf(await fetch(url, { headers: { range: `bytes=${cuts[index]}-${end - 1}` } }))
    }),
  )
  expect(sha256(Buffer.concat(parts))).toBe(sha256(whole))
  // What lands a whole block off must not look right.
  expect(whole.subarray(1_000_000, 2_000_000).equals(whole.subarray(2_048_576, 3_048_576))).toBe(false)
})

test('ffprobe takes a large video, an endless one and every other file for what it is', async () => {
  const folder = await temporaryFolder()
  const { ffprobe } = readRuntime()
  const streamsOf = async (name: string, bytes: Buffer): Promise<unknown> => {
    const file = join(folder.path, name)
    await writeFile(file, bytes)
    const { stdout } = await promisify(execFile)(ffprobe, ['-v', 'error', '-show_streams', '-of', 'json', file])
    return (JSON.parse(stdout) as { streams: { codec_name: string }[] }).streams.map((stream) => stream.codec_name)
  }
  try {
    expect(await streamsOf('big.mp4', await bytesOf(await fetch(site.url('/big.mp4?bytes=3000000'))))).toEqual([
      'h264',
      'aac',
    ])
    expect(await streamsOf('endless.mp4', await beginningOf('/endless.mp4', 500_000))).toEqual(['h264', 'aac'])
    expect(await streamsOf('video.webm', await bytesOf(await fetch(site.url('/video.webm'))))).toEqual(['vp8', 'opus'])
    expect(await streamsOf('audio.mp3', await bytesOf(await fetch(site.url('/audio.mp3'))))).toEqual(['mp3'])
    expect(await streamsOf('audio.m4a', await bytesOf(await fetch(site.url('/audio.m4a'))))).toEqual(['aac'])
    expect(await streamsOf('a.jpg', await bytesOf(await fetch(site.url('/thumbnail.jpg'))))).toEqual(['mjpeg'])
    expect(await streamsOf('a.ts', await bytesOf(await fetch(site.url('/fragments/fragments-7.ts'))))).toEqual(['h264'])
  } finally {
    await folder.remove()
  }
})

test('the rate is kept', async () => {
  const started = performance.now()
  await bytesOf(await fetch(site.url('/big.mp4', { bytes: 1_000_000, rate: 2_000_000 })))
  const seconds = (performance.now() - started) / 1000
  expect(seconds).toBeGreaterThan(0.45)
  expect(seconds).toBeLessThan(5)
})

test('each fragment of the long playlist waits for its delay', async () => {
  const playlist = await (await fetch(site.url('/long-hls.m3u8?fragments=301&delay=120'))).text()
  const fragments = playlist.split('\n').filter((line) => line.startsWith('/'))
  expect(fragments.length).toBe(301)
  expect(playlist).toContain('#EXT-X-ENDLIST')
  const started = performance.now()
  const fragment = await fetch(site.url(fragments[300] ?? ''))
  expect((await bytesOf(fragment))[0]).toBe(0x47)
  expect(performance.now() - started).toBeGreaterThan(115)
})

test('the live playlist moves on and has no end', async () => {
  const read = async (): Promise<string> => (await fetch(site.url('/live.m3u8'))).text()
  const first = await read()
  expect(first).not.toContain('ENDLIST')
  let next = first
  const deadline = Date.now() + 5000
  while (next === first && Date.now() < deadline) next = await read()
  expect(Number(/SEQUENCE:(\d+)/.exec(next)?.[1])).toBeGreaterThan(Number(/SEQUENCE:(\d+)/.exec(first)?.[1]))
})

test('requests are recorded with what was asked and how it ended', async () => {
  await fetch(site.url('/status/410.mp4?mark=1'), { headers: { 'x-test': 'here' } }).then((answer) => answer.text())
  expect(site.requests('/status/410.mp4')).toMatchObject([
    { method: 'GET', search: '?mark=1', status: 410, headers: { 'x-test': 'here' }, state: 'sent' },
  ])
  expect(site.requests().length).toBeGreaterThan(1)
})

async function beginningOf(path: string, bytes: number): Promise<Buffer> {
  const response = await fetch(site.url(path))
  const pieces: Uint8Array[] = []
  for await (const piece of response.body ?? []) {
    pieces.push(piece)
    if (pieces.reduce((sum, { length }) => sum + length, 0) >= bytes) break
  }
  return Buffer.concat(pieces)
}
