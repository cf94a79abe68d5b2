/** What counts as a playable file, checked by the real ffprobe; a fake one only where the real one cannot be made to misbehave. */
import { execFile } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { type VerifyMedia, verifyMedia } from '@video-scraper/library'
import {
  createMedia,
  eventually,
  isAlive,
  processesMentioning,
  type RecipeName,
  readRuntime,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'

const { ffmpeg, ffprobe } = readRuntime()
const media = createMedia()

let folder: TemporaryFolder
let path: string

beforeEach(async () => {
  folder = await temporaryFolder()
  path = join(folder.path, 'media.mp4')
})

afterEach(() => folder.remove())

const verify = (request: Partial<VerifyMedia> = {}) =>
  verifyMedia({
    path,
    ffprobe,
    folder: folder.path,
    expects: { video: null, audio: null },
    signal: new AbortController().signal,
    ...request,
  })

const take = async (recipe: RecipeName, file: string) => copyFile(join(await media.folder(recipe), file), path)

/** Something that is started in place of ffprobe. */
async function fakeProbe(script: string): Promise<string> {
  const fake = join(folder.path, 'fake')
  await writeFile(fake, `#!/bin/sh\n${script}\n`)
  await chmod(fake, 0o755)
  return fake
}

test.each<[RecipeName, string, boolean, boolean, string]>([
  ['video', 'video.mp4', true, true, 'mov'],
  ['webm', 'video.webm', true, true, 'matroska'],
  ['audio', 'audio.mp3', false, true, 'mp3'],
  ['audio', 'audio.m4a', false, true, 'mov'],
])('%s: %s is described', async (recipe, file, hasVideo, hasAudio, container) => {
  await take(recipe, file)
  const found = await verify({ expects: { video: hasVideo, audio: hasAudio } })
  expect(found).toMatchObject({ hasVideo, hasAudio, picturesPerSecond: hasVideo ? 15 : null })
  expect(found.container.split(',')[0]).toBe(container)
  expect(found.durationSeconds).toBeCloseTo(3, 0)
})

test('a stream that was promised and is missing makes the file invalid; one too many does not', async () => {
  await take('audio', 'audio.m4a')
  await expect(verify({ expects: { video: true, audio: true } })).rejects.toMatchObject({ code: 'invalid_media' })
  await take('video', 'video.mp4')
  await expect(verify({ expects: { video: true, audio: false } })).resolves.toMatchObject({ hasAudio: true })
})

test.each([
  ['nothing', ''],
  ['a page', '<!doctype html><title>Sign in</title>'.repeat(100)],
  ['plain text', 'Not found.\n'.repeat(1000)],
  ['a playlist', '#EXTM3U\n#EXTINF:1,\nmedia.ts\n#EXT-X-ENDLIST\n'],
  ['a list of files', "ffconcat version 1.0\nfile 'media.ts'\n"],
  ['zeros', '\0'.repeat(100_000)],
])('a file with %s is no media', async (_, content) => {
  await writeFile(path, content)
  await expect(verify()).rejects.toMatchObject({ code: 'invalid_media' })
})

test('a playlist that leads to a real file is no media', async () => {
  await take('video', 'video.mp4')
  await copyFile(path, join(folder.path, 'media.ts'))
  for (const list of ["ffconcat version 1.0\nfile 'media.ts'\n", '#EXTM3U\n#EXTINF:1,\nmedia.ts\n#EXT-X-ENDLIST\n']) {
    await writeFile(path, list)
    await expect(verify()).rejects.toMatchObject({ code: 'invalid_media' })
  }
})

test('a picture is no video', async () => {
  await take('extras', 'thumbnail.jpg')
  await expect(verify()).rejects.toMatchObject({ code: 'invalid_media' })
})

test('the cover of a song is no video', async () => {
  const [sound, cover] = [await media.folder('audio'), await media.folder('extras')]
  const inputs = ['-i', join(sound, 'audio.m4a'), '-i', join(cover, 'thumbnail.jpg')]
  const options = ['-map', '0', '-map', '1', '-c', 'copy', '-disposition:v', 'attached_pic', '-f', 'mp4']
  await promisify(execFile)(ffmpeg, ['-v', 'error', ...inputs, ...options, path])
  await expect(verify()).resolves.toMatchObject({ hasVideo: false, hasAudio: true })
  await expect(verify({ expects: { video: true, audio: true } })).rejects.toMatchObject({ code: 'invalid_media' })
})

test('a video whose index never came is no media', async () => {
  await take('video', 'video.mp4')
  const content = await readFile(path)
  await writeFile(path, content.subarray(0, 500))
  await expect(verify()).rejects.toMatchObject({ code: 'invalid_media' })
})

test('a link, a folder and a missing file are no media', async () => {
  await expect(verify()).rejects.toMatchObject({ code: 'invalid_media' })
  symlinkSync(join(await media.folder('video'), 'video.mp4'), path)
  await expect(verify()).rejects.toMatchObject({ code: 'invalid_media' })
  const nested = join(folder.path, 'media.d')
  await mkdir(nested)
  await expect(verify({ path: nested })).rejects.toMatchObject({ code: 'invalid_media' })
})

test('the probe starts in the work folder and knows nothing of our environment', async () => {
  await take('video', 'video.mp4')
  const seen = join(folder.path, 'seen')
  await expect(verify({ ffprobe: await fakeProbe('/usr/bin/env > seen; exit 1') })).rejects.toThrow()
  const names = (await readFile(seen, 'utf8')).split('\n').map((line) => line.split('=')[0])
  // The shell itself adds PWD and its like.
  expect(new Set(names)).toEqual(
    new Set(
      ['', 'PATH', 'TMPDIR', 'VIDEO_SCRAPER_JOB_FOLDER', 'VIDEO_SCRAPER_CPU_SECONDS', 'PWD', 'SHLVL', '_'].filter(
        (name) => names.includes(name),
      ),
    ),
  )
  expect(names).toEqual(expect.arrayContaining(['PATH', 'TMPDIR', 'VIDEO_SCRAPER_JOB_FOLDER']))
})

test.each([
  ['is missing', async () => join(folder.path, 'missing')],
  ['refuses its arguments', () => fakeProbe('exit 69')],
])('a probe that %s is our failure, not the file’s', async (_, make) => {
  await take('video', 'video.mp4')
  await expect(verify({ ffprobe: await make() })).rejects.toMatchObject({ code: 'internal_error' })
})

test('a probe that crashes over the file speaks against the file', async () => {
  await take('video', 'video.mp4')
  await expect(verify({ ffprobe: await fakeProbe('kill -SEGV $$') })).rejects.toMatchObject({ code: 'invalid_media' })
})

test('a probe that never ends is killed at its limit, with what it started', async () => {
  await take('video', 'video.mp4')
  const fake = await fakeProbe('/bin/sleep 4321 & echo $! > child; /bin/sleep 4321')
  await expect(verify({ ffprobe: fake, timeoutMs: 500 })).rejects.toMatchObject({ code: 'invalid_media' })
  const child = Number(await readFile(join(folder.path, 'child'), 'utf8'))
  await eventually(() => !isAlive(child) && processesMentioning(fake).length === 0)
})

test('an aborted signal kills the probe and is the reason', async () => {
  await take('video', 'video.mp4')
  const fake = await fakeProbe('/bin/sleep 4321 & echo $! > child; /bin/sleep 4321')
  const stop = new AbortController()
  const verification = verify({ ffprobe: fake, signal: stop.signal })
  const child = await eventually(async () => Number(await readFile(join(folder.path, 'child'), 'utf8')) || false)
  stop.abort(new Stop('cancelled'))
  await expect(verification).rejects.toBe(stop.signal.reason)
  await eventually(() => !isAlive(child))
  await expect(verify({ signal: stop.signal })).rejects.toBe(stop.signal.reason)
})

test('a probe that leaves a child behind does not keep us waiting', async () => {
  await take('video', 'video.mp4')
  const fake = await fakeProbe('/bin/sleep 4321 & echo $! > child; exit 1')
  await expect(verify({ ffprobe: fake })).rejects.toMatchObject({ code: 'invalid_media' })
  const child = Number(await readFile(join(folder.path, 'child'), 'utf8'))
  await eventually(() => !isAlive(child))
})

test('a probe that reports without end is cut off', async () => {
  await take('video', 'video.mp4')
  await expect(verify({ ffprobe: await fakeProbe('exec /usr/bin/yes') })).rejects.toMatchObject({
    code: 'invalid_media',
  })
})

test('a probe that takes too much of the machine is ended, and the file is no media', async () => {
  await take('video', 'video.mp4')
  const watched: number[] = []
  const unwatched: number[] = []
  const watch = (leader: number, end: () => void) => {
    watched.push(leader)
    setTimeout(end, 50)
    return () => unwatched.push(leader)
  }
  const running = verify({ ffprobe: await fakeProbe('exec /bin/sleep 60'), watch })
  await expect(running).rejects.toMatchObject({ code: 'invalid_media' })
  expect(watched).toHaveLength(1)
  expect(unwatched).toEqual(watched)
  expect(isAlive(watched[0] ?? 0)).toBe(false)
})

test('the probe receives its limits', async () => {
  await take('video', 'video.mp4')
  const reported = join(folder.path, 'reported')
  const running = verify({ ffprobe: await fakeProbe(`/usr/bin/env > '${reported}'`), memoryBytes: 12_345 })
  await expect(running).rejects.toMatchObject({ code: 'invalid_media' })
  expect(await readFile(reported, 'utf8')).toMatch(/^VIDEO_SCRAPER_MEMORY_BYTES=12345$/m)
  expect(await readFile(reported, 'utf8')).toMatch(/^VIDEO_SCRAPER_CPU_SECONDS=30$/m)
})

test.each<[RecipeName, string, object]>([
  ['video', 'video.mp4', { profile: 'Constrained Baseline', fieldOrder: 'progressive', colorTransfer: null }],
  ['pictures', 'perceptual.mp4', { profile: 'Main 10', colorTransfer: 'smpte2084', colorPrimaries: 'bt2020' }],
  ['pictures', 'fields.mkv', { profile: 'Main', fieldOrder: 'tb', colorPrimaries: null }],
])('%s: the picture of %s is described more exactly', async (recipe, file, form) => {
  await take(recipe, file)
  expect((await verify()).streams[0]).toMatchObject({ kind: 'video', ...form })
})

test('what kind of AAC a sound is', async () => {
  await take('audio', 'audio.m4a')
  expect((await verify()).streams).toEqual([{ kind: 'audio', codec: 'aac', pixelFormat: null, profile: 'LC' }])
})
