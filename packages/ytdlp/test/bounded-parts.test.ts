/** Clips of media that they cannot be cut out of without taking most of it along. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime, temporaryFolder } from '@video-scraper/testkit'
import { inPython } from './in-python.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=15:duration=10', '-g', '1000', '-c:v', 'libx264']
  const words = ['-v', 'error', ...picture, '-preset', 'ultrafast', '-threads', '1', join(folder.path, 'media.mp4')]
  await promisify(execFile)(readRuntime().ffmpeg, words)
}, 60_000)
afterAll(() => folder.remove())

test('where the media has one key picture, clips end with what was claimed for them, and the others are said to be missing', async () => {
  const clips = Array.from({ length: 20 }, (_, at) => ({ start: 9 + at / 100, end: 9.5 + at / 100, exact: false }))
  const given = { folder: folder.path, media: join(folder.path, 'media.mp4'), ffmpeg: readRuntime().ffmpeg, clips }
  const { sizes, claimed, media, warnings } = (await inPython(
    given,
    'import os, parts',
    'from types import SimpleNamespace',
    'from yt_dlp import YoutubeDL',
    // A small file would have to be cut a thousand times.
    'parts.ALWAYS = 0',
    'warned, reported = [], []',
    'logger = SimpleNamespace(debug=lambda text: None, warning=warned.append, error=warned.append)',
    "ydl = YoutubeDL({'logger': logger, 'ffmpeg_location': given['ffmpeg']})",
    "info, wanted = {'filepath': given['media']}, {'clips': given['clips']}",
    'events = SimpleNamespace(emit=lambda event, **fields: None)',
    "parts.cut_parts(ydl, info, wanted, given['folder'], lambda path, role, **facts: reported.append(path), events)",
    "answer = {'sizes': [os.path.getsize(path) for path in reported], 'warnings': warned,",
    "          'claimed': parts.copies_of_parts(info, wanted), 'media': os.path.getsize(given['media'])}",
  )) as { sizes: number[]; claimed: number; media: number; warnings: string[] }
  // Each of them is nearly all of it.
  expect(sizes.every((size) => size > media / 2)).toBe(true)
  expect(claimed).toBe(2)
  expect(sizes.length).toBeGreaterThan(1)
  expect(sizes.length).toBeLessThan(6)
  expect(sizes.slice(0, -1).reduce((sum, size) => sum + size, 0)).toBeLessThan(media * (claimed + 0.25))
  expect(warnings).toHaveLength(20 - sizes.length)
})
