/** Files that are encoded again, as ffprobe sees them. */
import { execFile } from 'node:child_process'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { jobWithMedia, type Stage, startStage } from './stage.ts'

const run = promisify(execFile)
const { ffmpeg, ffprobe } = readRuntime()

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a test waits.
  await (await fetch(stage.site.url('/unplayed/opus.mkv'))).arrayBuffer()
  await (await fetch(stage.site.url('/counted/odd.webm'))).arrayBuffer()
}, 150_000)
afterAll(() => stage.stop())

interface Stream {
  codec_name: string
  codec_type: string
  pix_fmt?: string
  width?: number
  height?: number
  tags?: Record<string, string>
  disposition: { attached_pic: number }
}

async function reportOf(path: string) {
  const shown = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', '-show_chapters', path]
  const { stdout } = await run(ffprobe, shown)
  return JSON.parse(stdout) as { format: { tags: Record<string, string> }; streams: Stream[]; chapters: object[] }
}

/** Of the packets of the picture, as they are. */
const packetsOf = async (path: string) =>
  (await run(ffmpeg, ['-v', 'error', '-i', path, '-map', '0:v:0', '-c', 'copy', '-f', 'streamhash', '-'])).stdout

/** The index stands before the media, so that a player begins at once. */
async function indexIsInFront(path: string) {
  const { stdout } = await run('head', ['-c', '100000', path], { encoding: 'latin1' })
  return stdout.includes('moov') && stdout.indexOf('moov') < stdout.indexOf('mdat')
}

test.each([
  ['VP9 of odd width and height', '/counted/odd.webm', ['h264'], [160, 90]],
  ['H.265 of ten bits', '/unplayed/ten-bits.mp4', ['h264', 'aac'], [320, 180]],
])('%s becomes H.264 that all players play', async (_, source, codecs, size) => {
  const { job, path } = await jobWithMedia(stage, source)
  const encoded = await stage.engine.transcode({ path, video: true, audio: false }, job)
  expect(encoded.extension).toBe('mp4')
  const { streams } = await reportOf(encoded.path)
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(codecs)
  expect([streams[0]?.pix_fmt, streams[0]?.width, streams[0]?.height]).toEqual(['yuv420p', ...size])
  expect(await indexIsInFront(encoded.path)).toBe(true)
})

test('what is as it should be is copied bit by bit; tags, chapters, languages, text and the cover come along', async () => {
  const { job, path } = await jobWithMedia(stage, '/unplayed/opus.mkv')
  const rich = join(job.folder, 'media.1.mkv')
  const texts = {
    'a.srt': '1\n00:00:00,000 --> 00:00:02,000\nA line\n',
    'a.ffmeta': ';FFMETADATA1\ntitle=A title\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=One\n',
  }
  for (const [name, text] of Object.entries(texts)) await writeFile(join(job.folder, name), text)
  const cwd = { cwd: job.folder }
  await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'color=red:size=64x64', '-frames:v', '1', 'cover.jpg'], cwd)
  const inputs = ['-i', path, '-i', 'a.srt', '-i', 'a.ffmeta']
  const maps = ['-map', '0', '-map', '1', '-map_metadata', '2', '-map_chapters', '2', '-c', 'copy']
  const cover = ['-attach', 'cover.jpg', '-metadata:s:t', 'mimetype=image/jpeg', '-metadata:s:t', 'filename=cover.jpg']
  await run(ffmpeg, ['-v', 'error', ...inputs, ...maps, '-metadata:s:a:0', 'language=deu', ...cover, rich], cwd)

  const encoded = await stage.engine.transcode({ path: rich, video: false, audio: true }, job)
  const { format, streams: all, chapters } = await reportOf(encoded.path)
  // The titles of chapters are a stream too.
  const streams = all.filter(({ codec_type }) => codec_type !== 'data')
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac', 'mov_text', 'mjpeg'])
  expect(streams.map(({ disposition }) => disposition.attached_pic)).toEqual([0, 0, 0, 1])
  expect(streams[1]?.tags?.language).toBe('deu')
  expect(format.tags.title).toBe('A title')
  expect(chapters).toMatchObject([{ tags: { title: 'One' } }])
  expect(await packetsOf(encoded.path)).toBe(await packetsOf(path))
})

test('a file that is whole is kept by a later attempt, and one that is not is removed', async () => {
  const { job, path } = await jobWithMedia(stage, '/unplayed/opus.mkv')
  const request = { path, video: false, audio: true }
  await writeFile(join(job.folder, 'universal.0123456789abcdef.draft.mp4'), 'half')
  const first = await stage.engine.transcode(request, job)
  const { ino } = await stat(first.path)
  const second = await stage.engine.transcode(request, await stage.job({ folder: job.folder }))
  expect([second.path, (await stat(second.path)).ino]).toEqual([first.path, ino])
  // The same streams treated in another way are another file.
  await stage.engine.transcode({ ...request, video: true }, await stage.job({ folder: job.folder }))
  expect((await readdir(job.folder)).filter((name) => name.startsWith('universal.'))).toHaveLength(1)
})

test('what ffmpeg does not understand is a failure of its own', async () => {
  const job = await stage.job()
  const path = join(job.folder, 'media.0.webm')
  await writeFile(path, 'no media at all')
  const running = stage.engine.transcode({ path, video: true, audio: true }, job)
  await expect(running).rejects.toMatchObject({ code: 'postprocessing_failed' })
})
