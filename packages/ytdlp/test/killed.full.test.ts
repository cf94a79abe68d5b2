/** kill -9 of each process of a job in each of its phases: the job ends truthfully, nothing is left, a retry saves it. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { eventually, processesMentioning, readRuntime } from '@video-scraper/testkit'
import type { Engine } from '../src/index.ts'
import { type Stage, startStage, streamsOf, WARM } from './stage.ts'

jest.setTimeout(120_000)

/** In the job's folder, once the slow ffmpeg has said its name. */
const SPOKEN = 'ffmpeg-has-spoken'

interface Phase {
  readonly path: string
  /** Whether the job has come there. */
  readonly reached: (folder: string, asked: number) => boolean
}

describe.each([
  ['cold', null],
  ['warm', WARM],
])('%s', (_how, warm) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage({ warm })
  })
  afterAll(() => stage.stop())

  /** In front of the real one: takes its time when it is to put a file together. */
  async function slowFfmpeg(seconds: number): Promise<string> {
    const { folder } = await stage.job()
    const runtime = readRuntime()
    for (const name of ['ffmpeg', 'ffprobe'] as const) {
      const script = [
        `#!${stage.options.python} -IS`,
        'import os, sys, time',
        "sys.stderr.write('ffmpeg version 7.0\\n')",
        'sys.stderr.flush()',
        "asked = {'-bsfs', '-version'} & set(sys.argv)",
        `asked or open('${SPOKEN}', 'w').close()`,
        `time.sleep(0 if asked else ${seconds})`,
        `os.execv('${runtime[name]}', ['${name}', *sys.argv[1:]])`,
      ]
      await writeFile(join(folder, name), `${script.join('\n')}\n`, { mode: 0o700 })
    }
    return folder
  }

  const merging = (folder: string) =>
    processesMentioning(folder).filter(
      ({ commandLine }) => commandLine.includes(`/ffmpeg `) && commandLine.includes('media.'),
    )
  const leaderOf = (folder: string): number => {
    const [first] = processesMentioning(folder)
    return first?.groupId ?? 0
  }

  const phases: Record<string, Phase> = {
    extracting: {
      path: '/video.mp4?delay=1500',
      reached: (_folder, asked) => stage.site.requests('/video.mp4').length > asked,
    },
    downloading: {
      path: '/big.mp4?bytes=2000000&rate=700000',
      reached: (_folder, asked) => stage.site.requests('/big.mp4').length > asked + 1,
    },
    processing: { path: '/dash/manifest.mpd', reached: (folder) => merging(folder).length > 0 },
  }

  async function inPhase(name: string, engine: Engine) {
    const { path, reached } = phases[name] as Phase
    const url = stage.site.url(path)
    const asked = stage.site.requests(new URL(url).pathname).length
    const job = await stage.job()
    const running = engine.download({ url, options: {} }, job)
    const ended = running.then(
      (media) => ({ media, code: null }),
      (error: { code?: string }) => ({ media: null, code: error.code ?? String(error) }),
    )
    await eventually(() => reached(job.folder, asked), { timeoutMs: 60_000, everyMs: 5 })
    return { job, url, ended }
  }

  async function expectNothingLeftAndARetryToSucceed({
    job,
    url,
  }: {
    job: Awaited<ReturnType<Stage['job']>>
    url: string
  }) {
    expect(processesMentioning(job.folder)).toEqual([])
    const media = await stage.engine.download({ url, options: {} }, job)
    expect((await streamsOf(media.path)).length).toBeGreaterThan(0)
  }

  test.each(['extracting', 'downloading', 'processing'])('the runner, while it is %s', async (phase) => {
    const engine = stage.engineWith({ ffmpegLocation: await slowFfmpeg(30) })
    await engine.warmUp()
    const started = await inPhase(phase, engine)
    process.kill(leaderOf(started.job.folder), 'SIGKILL')
    expect(await started.ended).toMatchObject({ code: 'internal_error' })
    await expectNothingLeftAndARetryToSucceed(started)
  })

  test('ffmpeg, while it puts the parts together', async () => {
    const engine = stage.engineWith({ ffmpegLocation: await slowFfmpeg(30) })
    await engine.warmUp()
    const started = await inPhase('processing', engine)
    // yt-dlp quotes what ffmpeg said last, and stumbles where it was killed before its first word.
    await eventually(() => existsSync(join(started.job.folder, SPOKEN)))
    for (const { pid } of merging(started.job.folder)) process.kill(pid, 'SIGKILL')
    expect(await started.ended).toMatchObject({ code: 'postprocessing_failed' })
    await expectNothingLeftAndARetryToSucceed(started)
  })

  if (warm !== null) {
    test.each(['extracting', 'downloading', 'processing'])('the zygote, while a job is %s', async (phase) => {
      const engine = stage.engineWith({ ffmpegLocation: await slowFfmpeg(1) })
      expect(await engine.warmUp()).toBe(true)
      const started = await inPhase(phase, engine)
      process.kill(engine.warmth()?.zygote ?? 0, 'SIGKILL')
      expect(await started.ended).toMatchObject({ code: null })
      expect(engine.warmth()).toMatchObject({ warm: 1, cold: 0 })
    })
  }
})
