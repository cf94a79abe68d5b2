/** What is looked at before a file is encoded again, and what is left where encoding ends early. */
import { execFile } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { JobFailure, Stop } from '@video-scraper/core'
import { followDigest } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import { eventually, readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import type { DownloadedMedia, Engine } from '@video-scraper/ytdlp'
import { hearWarnings } from '../src/kept-warnings.ts'
import { describeMedia } from '../src/tasks/describe-media.ts'
import type { EncodingDependencies } from '../src/transcoding/encode-in-turn.ts'
import { createEncodingTurns } from '../src/transcoding/encoding-turns.ts'
import { makeUniversal } from '../src/transcoding/make-universal.ts'
import { useStorageBudget } from './storage-rig.ts'

const { ffmpeg, ffprobe } = readRuntime()
const signal = new AbortController().signal
const DRAFT = 'universal.0123456789abcdef.draft.mp4'

const rig = useStorageBudget()
let disk: TemporaryFolder
let path: string
beforeAll(async () => {
  disk = await temporaryFolder()
  path = join(disk.path, 'media.avi')
  const picture = ['-f', 'lavfi', '-i', 'color=red:size=32x32:rate=5:duration=1']
  await promisify(execFile)(ffmpeg, ['-v', 'error', ...picture, '-c:v', 'mpeg4', path])
})
afterAll(() => disk.remove())

type Transcode = Engine['transcode']
const endsAtOnce: Transcode = () => Promise.reject(new JobFailure('cpu_limit_exceeded'))
const endsWhenStopped: Transcode = ({ path: file }, { signal: stop }) =>
  new Promise((resolve, reject) => {
    setTimeout(() => resolve({ path: file } as never), 10_000).unref()
    stop.addEventListener('abort', () => reject(new Stop('shutdown')))
  })

interface Change extends Partial<EncodingDependencies> {
  periods?: number
  fetched?: string
  encodes?: Transcode
}

/** An attempt whose file is there. `encodes` stands for the run of ffmpeg, which other tests have. */
function attempt(asked: DownloadOptions, change: Change = {}) {
  const { periods = 1, fetched = path, encodes = endsAtOnce, ...others } = change
  const began: Parameters<Transcode>[0][] = []
  const transcode: Transcode = async (request, context) => {
    began.push(request)
    await writeFile(join(disk.path, DRAFT), 'half')
    return encodes(request, context)
  }
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const dependencies: EncodingDependencies = {
    ...{ ffmpegLocation: dirname(ffprobe), memoryBytes: 0, log },
    engine: { watch: () => () => undefined, transcode } as unknown as Engine,
    ...{ encodingTurns: createEncodingTurns(1), encodingTimeoutMs: 0, encodingCpuSeconds: 0 },
    ...others,
  }
  const options: DownloadOptions = { compatibility: 'universal', transcode: true, ...asked }
  const job = {
    id: `download_${'1'.repeat(32)}`,
    envelope: {
      version: 8,
      kind: 'download',
      owner: 'anonymous',
      limitSubject: '192.0.2.1',
      url: 'http://example.com/',
      options,
    },
    report: () => undefined,
    withoutClock: (work: () => Promise<unknown>) => work(),
  } as unknown as RunningJob
  const media = {
    ...{ path: fetched, extension: 'avi', title: null, webpageUrl: null, identity: null, others: [], direct: false },
    ...{ durationSeconds: periods > 1 ? 100 : 1, periods },
    ...{ expects: { video: true, audio: null }, announces: { video: true, audio: null } },
    facts: {
      width: 32,
      height: 32,
      videoCodec: null,
      pixelFormat: null,
      audioCodec: null,
      audioLanguage: null,
      container: null,
    },
  } as unknown as DownloadedMedia
  const heard = hearWarnings(() => undefined)
  const encoding = { media, heard, folder: disk.path, bytesMax: Number.POSITIVE_INFINITY, signal }
  const run = async () => {
    const reservation = await rig.budgetWith().admit({ jobId: job.id, owner: 'anonymous', folder: disk.path })
    try {
      return await makeUniversal(dependencies, job, { ...encoding, reservation })
    } finally {
      expect(reservation.signal.aborted).toBe(false)
      await reservation.release()
    }
  }
  return { began, heard, job, media, dependencies, run }
}
const written = async () => (await readdir(disk.path)).filter((name) => name.startsWith('universal.'))

test('where encoding is switched off the file stays as it is, and a strict request is refused', async () => {
  const off = { encodingTurns: null }
  const { began, heard, media, run } = attempt({}, off)
  // Of an attempt before this one.
  await writeFile(join(disk.path, 'universal.0123456789abcdef.mp4'), 'whole')
  expect(await run()).toBe(media)
  expect(await written()).toEqual([])
  expect(heard.codes()).toEqual(['transcode_limit'])
  await expect(attempt({ strict: true }, off).run()).rejects.toMatchObject({ code: 'transcode_limit' })
  expect(began).toEqual([])
})

test('what encoding cannot meet refuses a strict request before the turn', async () => {
  const { began, run } = attempt({ strict: true, audio_language: 'de' })
  await expect(run()).rejects.toMatchObject({ code: 'option_unavailable' })
  expect(began).toEqual([])
})

test('what would take many times its processor time is not begun', async () => {
  // 5 pictures of 32 x 32 points take some 0.0001 s.
  for (const [encodingCpuSeconds, runs] of [
    [0.00001, 0],
    [0.001, 1],
  ] as const) {
    const { began, heard, media, run } = attempt({}, { encodingCpuSeconds })
    expect(await run()).toBe(media)
    expect([began.length, heard.codes()]).toEqual([runs, ['transcode_limit']])
  }
})

test('what encoding does meet refuses nothing', async () => {
  const { began, run } = attempt({ strict: true, video_codec: 'h264', container: 'mp4' })
  await expect(run()).rejects.toMatchObject({ code: 'transcode_limit' })
  expect(began).toHaveLength(1)
})

test('periods that were joined wrongly are refused before the turn', async () => {
  const { began, run } = attempt({}, { periods: 2 })
  await expect(run()).rejects.toMatchObject({ code: 'postprocessing_failed' })
  expect(began).toEqual([])
})

test('after a bound nothing that was encoded is left, and the file answers no later request', async () => {
  const { heard, job, media, dependencies, run } = attempt({})
  expect(await run()).toBe(media)
  expect(await written()).toEqual([])
  const describing = { ...dependencies, maxFileBytes: 0, retentionMs: 0, reuseFiles: true }
  const describe = () =>
    describeMedia(describing, job, {
      media,
      heard,
      digest: followDigest({ folder: disk.path }),
      folder: disk.path,
      signal,
    })
  expect(await describe()).not.toHaveProperty('answers')
  const other = { media, heard: hearWarnings(() => undefined), digest: followDigest({ folder: disk.path }) }
  expect((await describeMedia(describing, job, { ...other, folder: disk.path, signal })).answers).toHaveLength(1)
})

test('where only the first picture and the first sound could be encoded, that is said', async () => {
  const two = join(disk.path, 'two.avi')
  const run = promisify(execFile)
  await run(ffmpeg, ['-v', 'error', '-i', path, '-map', '0', '-map', '0', '-c', 'copy', two])
  const one = join(disk.path, 'universal.0123456789abcdef.mp4')
  await run(ffmpeg, ['-v', 'error', '-i', path, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', one])
  const engine = {
    watch: () => () => undefined,
    transcode: async () => ({ path: one, extension: 'mp4' }),
  } as unknown as Engine
  const codesOf = async (fetched: string) => {
    const { heard, run: encode } = attempt({}, { engine, fetched })
    await encode()
    return heard.codes()
  }
  expect(await codesOf(two)).toEqual(['streams_left_out', 'video_transcoded'])
  expect(await codesOf(path)).toEqual(['video_transcoded'])
})

test('a disk that runs out while a file is encoded ends the encoding, and the file stays; a strict request is refused', async () => {
  for (const strict of [false, true]) {
    rig.space.freeBytes = 2 ** 30
    const { began, heard, media, run } = attempt({ strict }, { encodes: endsWhenStopped })
    const running = run()
    await eventually(() => expect(began).toHaveLength(1))
    rig.space.freeBytes = -1
    if (strict) await expect(running).rejects.toMatchObject({ code: 'transcode_limit' })
    else expect(await running).toBe(media)
    expect(heard.codes()).toEqual(strict ? [] : ['transcode_limit'])
    expect(await written()).toEqual([])
  }
})

test('no more is written than the owner may keep', async () => {
  rig.space.ownerLimitBytes = 100_000
  const { began, run } = attempt({})
  await run()
  expect(began).toMatchObject([{ bytesMax: 100_000 }])
})
