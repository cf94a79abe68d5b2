/** Clips and chapters of a video, as ffprobe sees them, and by what their pictures tell of their time. */
import { execFile, execFileSync } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { Stop } from '@video-scraper/core'
import { COUNTED, eventually, processesMentioning, readRuntime } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(stage.site.url('/counted/video.mp4'))).arrayBuffer()
}, 150_000)
afterAll(() => stage.stop())

const FRAME = 1 / COUNTED.rate

async function take(options: DownloadOptions, path = '/counted/video.mp4', job = stage.job()) {
  const context = await job
  const { others } = await stage.engine.download({ url: stage.site.url(path), options }, context)
  const warnings = (context.seen.at(-1)?.warnings ?? []).filter((code) => code !== 'generic_extraction')
  return { parts: others, warnings, folder: context.folder }
}

async function probed(path = '') {
  const shown = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', '-show_chapters', path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, shown)
  const { format, streams, chapters } = JSON.parse(stdout) as {
    format: { duration: string; format_name: string }
    streams: { codec_type: string; codec_name: string; duration?: string; width?: number; height?: number }[]
    chapters: unknown[]
  }
  const codecs = streams.map(({ codec_name }) => codec_name).toSorted()
  const { width, height } = streams.find(({ codec_type }) => codec_type === 'video') ?? {}
  return {
    size: [width, height],
    seconds: Number(format.duration),
    family: format.format_name.split(',')[0],
    codecs,
    chapters,
  }
}

/** Which picture of the whole it is that a file begins with, and which one it ends with, as numbers within the cycle. */
function picturesOf(path = ''): { first: number; last: number; count: number } {
  const raw = ['-v', 'error', '-i', path, '-map', '0:v:0', '-vf', 'scale=1:1,format=yuv420p', '-f', 'rawvideo', '-']
  // Of each picture one byte of brightness, and two of colour.
  const bytes = [...execFileSync(readRuntime().ffmpeg, raw, { maxBuffer: 1e6 })].filter((_, at) => at % 3 === 0)
  const numbers = bytes.map((brightness) => Math.round((brightness - COUNTED.darkest) / COUNTED.step))
  return { first: numbers[0] ?? -1, last: numbers.at(-1) ?? -1, count: numbers.length }
}

const numberAt = (seconds: number) => Math.round(seconds * COUNTED.rate) % COUNTED.cycle

test.each([
  ['/counted/video.mp4', 3.32, 5.08],
  ['/counted/video.mp4', 0, 0.52],
  ['/counted/video.webm', 2.48, 4.6],
])('of %s, an exact clip from %d to %d is within one picture of both', async (path, start, end) => {
  const { parts, warnings } = await take({ clips: [{ start, end, exact: true }] }, path)
  expect(parts).toMatchObject([{ role: 'clip', part: { start, end, title: null } }])
  const { seconds, family, codecs, chapters } = await probed(parts[0]?.path)
  expect([family, codecs, chapters, warnings]).toEqual(['mov', ['aac', 'h264'], [], []])
  expect(Math.abs(seconds - (end - start))).toBeLessThanOrEqual(0.05)
  const { first, last, count } = picturesOf(parts[0]?.path)
  expect(Math.abs(first - numberAt(start))).toBeLessThanOrEqual(1)
  expect(Math.abs(last - numberAt(end - FRAME))).toBeLessThanOrEqual(1)
  expect(Math.abs(count - (end - start) * COUNTED.rate)).toBeLessThanOrEqual(1)
})

test('a picture of odd width and height is encoded again as well', async () => {
  const { parts, warnings } = await take({ clips: [{ start: 1, end: 2, exact: true }] }, '/counted/odd.webm')
  expect(warnings).toEqual([])
  expect((await probed(parts[0]?.path)).size).toEqual([160, 90])
})

test('a bound of the media is none of its clips: only the bound of the service is', async () => {
  const path = '/counted/video.mp4'
  const bytes = (await (await fetch(stage.site.url(path))).arrayBuffer()).byteLength
  const stop = new AbortController()
  const context = await stage.job({ signal: stop.signal })
  const engine = stage.engineWith({ maxFileBytes: 50 * 2 ** 20 })
  const url = stage.site.url('/stall-page', { bounded: 1 })
  const ended = expect(engine.download({ url, options: { max_filesize: bytes } }, context)).rejects.toBeDefined()
  try {
    await eventually(() => stage.site.requests('/stall-page').length > 0)
    const [{ pid } = { pid: 0 }] = processesMentioning(context.folder)
    const [, limit] = /^Max file size\s+(\d+)/m.exec(await readFile(`/proc/${pid}/limits`, 'utf8')) ?? []
    expect(Number(limit)).toBe(52 * 2 ** 20)
  } finally {
    stop.abort(new Stop('cancelled'))
    await ended
  }
})

test('a clip that is not exact is not encoded again, and begins with the last key picture before its time', async () => {
  const { parts } = await take({ clips: [{ start: 3, end: 5 }] })
  const { codecs, seconds } = await probed(parts[0]?.path)
  expect(codecs).toEqual(['aac', 'h264'])
  // There is a key picture at 2 s.
  expect(picturesOf(parts[0]?.path).first).toBe(0)
  expect(seconds).toBeGreaterThan(2.9)
  expect(seconds).toBeLessThan(3.2)
})

test.each<[string, boolean, string, string]>([
  ['/counted/sound.mp3', false, 'mp3', 'mp3'],
  ['/counted/sound.mp3', true, 'mp3', 'mp3'],
  ['/counted/sound.m4a', true, 'mov', 'aac'],
])('of the sound of %s, exact: %s', async (path, exact, family, codec) => {
  const { parts } = await take({ clips: [{ start: 2.5, end: 4, exact }] }, path)
  const found = await probed(parts[0]?.path)
  expect(found).toMatchObject({ family, codecs: [codec] })
  expect(Math.abs(found.seconds - 1.5)).toBeLessThan(0.1)
})

test('clips keep their order and their times; one behind the end is said, and one that goes beyond it ends with it', async () => {
  const clips = [
    { start: 8, end: 9 },
    { start: 12, end: 13 },
    { start: 6, end: 99 },
  ]
  const { parts, warnings } = await take({ clips })
  expect(parts.map(({ part }) => part?.start)).toEqual([8, 6])
  expect(parts[1]?.part?.end).toBeCloseTo(10, 0)
  expect(warnings).toEqual(['clips_missing'])
})

test('chapters of the source become files, else those of the file; without any it is said', async () => {
  const named = await take({ chapters: true }, '/jsonld?chapters=2&src=/counted/video.mp4')
  expect(named.parts.map(({ role, part }) => [role, part?.start, part?.end, part?.title])).toEqual([
    ['chapter', 0, 2, 'First'],
    ['chapter', 2, 4, 'Second = two; #2\\'],
    ['chapter', 4, 6, 'Dritter „Teil“'],
  ])
  expect(picturesOf(named.parts[1]?.path).first).toBe(0)
  const inside = await take({ chapters: true })
  expect(inside.parts.map(({ part }) => [part?.start, part?.title])).toEqual([
    [0, 'Alpha'],
    [3, 'Beta'],
    [6, 'Gamma'],
  ])
  expect((await take({ chapters: true }, '/video.mp4')).warnings).toEqual(['chapters_missing'])
})

test('a later attempt keeps the clips that are whole, and cuts those anew that are not', async () => {
  const clips = [
    { start: 1, end: 2 },
    { start: 3, end: 4, exact: true },
  ]
  const page = '/page?src=/counted/video.mp4'
  const { parts, folder } = await take({ clips }, page)
  const [first, second] = parts.map(({ path }) => path)
  const before = await stat(first ?? '')
  await promisify(execFile)('rm', [second ?? ''])
  await writeFile(join(folder, 'part.2.0123456789abcdef.draft.mp4'), 'half of it')
  const fetched = stage.site.requests('/counted/video.mp4').length
  const again = await take({ clips }, page, stage.job({ folder }))
  expect(again.parts).toEqual(parts)
  expect((await stat(first ?? '')).mtimeMs).toBe(before.mtimeMs)
  expect((await readdir(folder)).filter((name) => name.startsWith('part.'))).toHaveLength(2)
  expect(stage.site.requests('/counted/video.mp4')).toHaveLength(fetched)
})
