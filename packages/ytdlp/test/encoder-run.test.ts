/** One run of ffmpeg that encodes a file: what it says of how far it is, and of why it failed. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { inPython } from './in-python.ts'
import { type Stage, startStage } from './stage.ts'

const run = promisify(execFile)
const { ffmpeg, ffprobe } = readRuntime()

let disk: TemporaryFolder
let stage: Stage
beforeAll(async () => {
  disk = await temporaryFolder()
  stage = await startStage()
}, 60_000)
afterAll(async () => {
  await stage.stop()
  await disk.remove()
})

const make = (path: string, graph: string, ...codecs: string[]) =>
  run(ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', graph, ...codecs, path])

/** Runs it in a Python of its own, under a bound of the kernel. Answers with what became of it, and what was heard. */
const encodeWithin = (source: string, bytes: number | null) =>
  inPython(
    { ffmpeg, source, draft: join(disk.path, 'draft.mp4'), bytes },
    'import resource, types, encoder_run',
    'if given["bytes"]: resource.setrlimit(resource.RLIMIT_DATA, (given["bytes"], given["bytes"]))',
    'encoder_run.INTERVAL_SECONDS = 0',
    'program = types.SimpleNamespace(executable=given["ffmpeg"], check_version=lambda: None)',
    'heard, ended = [], "well"',
    'arguments = ["-i", "file:" + given["source"], "-map", "0:v:0", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-f", "mp4"]',
    'try: encoder_run.encode(program, arguments, given["draft"], lambda seconds, took: heard.append(seconds))',
    'except Exception as error: ended = type(error).__name__',
    'answer = [ended, heard]',
  )

test('memory that the kernel refuses is a bound, and no fault of the file', async () => {
  const source = join(disk.path, 'large.mkv')
  await make(source, 'color=red:size=2560x1440:rate=10:duration=1', '-c:v', 'ffv1', '-level', '1')
  const [ended] = (await encodeWithin(source, 150 * 2 ** 20)) as [string, number[]]
  expect(ended).toBe('MemoryError')
})

test('words about memory that the file itself holds are not taken for the reason', async () => {
  const source = join(disk.path, 'broken.mkv')
  await make(
    source,
    'color=red:size=64x64:rate=5:duration=1',
    '-c:v',
    'ffv1',
    '-metadata',
    'title=Cannot allocate memory',
  )
  const bytes = await readFile(source)
  // No decoder has this name.
  await writeFile(
    source,
    Buffer.from(bytes.toString('latin1').replace('V_FFV1', 'V_FFVX').replace('FFV1', 'FFVX'), 'latin1'),
  )
  expect((await encodeWithin(source, null))?.toString()).toBe('FFmpegPostProcessorError,')
})

test('how far it is grows to the end', async () => {
  const source = join(disk.path, 'film.mkv')
  await make(source, 'testsrc2=size=320x180:rate=25:duration=2', '-c:v', 'mpeg4')
  const [ended, heard] = (await encodeWithin(source, null)) as [string, number[]]
  expect(ended).toBe('well')
  expect(heard).toEqual(heard.toSorted((one, other) => one - other))
  expect(heard.at(-1)).toBeCloseTo(2, 0)
})

test('where one stream cannot be encoded, the first picture and the first sound are, alone', async () => {
  const job = await stage.job()
  const path = join(job.folder, 'media.0.mkv')
  const lavfi = (graph: string) => ['-f', 'lavfi', '-i', `${graph}:duration=1`]
  const inputs = [...lavfi('color=red:size=64x64'), ...lavfi('sine=frequency=440')]
  const codecs = ['-c:v', 'mpeg4', '-c:a:0', 'libopus', '-c:a:1', 'wavpack']
  await run(ffmpeg, ['-v', 'error', ...inputs, '-map', '0', '-map', '1', '-map', '1', ...codecs, path])
  const bytes = (await readFile(path)).toString('latin1')
  expect(bytes).toContain('A_WAVPACK4')
  // No decoder has this name.
  await writeFile(path, Buffer.from(bytes.replace('A_WAVPACK4', 'A_UNKNOWN4'), 'latin1'))
  const { path: encoded } = await stage.engine.transcode({ path, video: true, audio: true }, job)
  const { stdout } = await run(ffprobe, [
    '-v',
    'error',
    '-show_entries',
    'stream=codec_name',
    '-of',
    'csv=p=0',
    encoded,
  ])
  expect(stdout.split(/[\s,]+/).filter((name) => name !== '')).toEqual(['h264', 'aac'])
})

test('what is left follows from what was done, once that says something', async () => {
  const given = [
    [0.25, 60],
    [1, 60],
    [0.5, 2],
    [0, 60],
    [null, 60],
  ]
  const lines = ['from encoder_run import left_of', 'answer = [left_of(*each) for each in given]']
  expect(await inPython(given, ...lines)).toEqual([180, 0, null, null, null])
})
