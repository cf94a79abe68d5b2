import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { installFfmpegShim, jobFilterIn, SANDBOX_MODULES } from '@video-scraper/sandbox'
import { descendantsOf, eventually, isAlive, processesMentioning } from '@video-scraper/testkit'
import type { EngineOptions, JobContext } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'

/** A worker of its own, as killing this one would end the test. It runs from what `tsc -b` built. */
function startWorker(options: EngineOptions, url: string, { folder, egress }: JobContext): ChildProcess {
  const program = `
    import { createEngine } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}
    const { options, url, folder, proxyUrl } = JSON.parse(process.argv[1])
    const egress = { proxyUrl, blocked: () => false, exceeded: () => false }
    const context = { jobId: 'a', folder, egress, signal: new AbortController().signal, onProgress() {} }
    const engine = createEngine(options)
    if ((await engine.warmUp()) !== (options.warm !== undefined)) throw new Error('It is not as warm as it should be.')
    await engine.download({ url, options: {} }, context)
  `
  const setting = JSON.stringify({ options, url, folder, proxyUrl: egress.proxyUrl })
  return spawn(process.execPath, ['--input-type=module', '--eval', program, setting], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

const partSize = (folder: string): number => {
  const part = readdirSync(folder).find((name) => name.endsWith('.part'))
  return part ? statSync(join(folder, part)).size : 0
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

  test('kill -9 of the worker ends its yt-dlp, and another takes the folder over', async () => {
    const job = await stage.job()
    const url = stage.site.url('/big.mp4', { bytes: 3_000_000, rate: 500_000 })
    let below: number[] = []
    const worker = startWorker(stage.options, url, job)
    try {
      await eventually(() => partSize(job.folder) > 300_000)
      below = descendantsOf(worker.pid ?? 0).map(({ pid }) => pid)
    } finally {
      worker.kill('SIGKILL')
    }
    // Warm, these are the job, the zygote, and the child that waits.
    expect(below.length).toBeGreaterThanOrEqual(warm === null ? 1 : 2)
    await eventually(() => !below.some(isAlive))
    expect(processesMentioning(job.folder)).toEqual([])
    const media = await stage.engine.download({ url, options: {} }, job)
    const digest = createHash('sha256')
      .update(await readFile(media.path))
      .digest('hex')
    expect(digest).toBe(await stage.site.largeVideoDigest(3_000_000))
  })

  test('kill -9 of the worker ends a yt-dlp that waits in silence', async () => {
    const job = await stage.job()
    const worker = startWorker(stage.options, stage.site.url('/stall-page'), job)
    try {
      await eventually(() => stage.site.requests('/stall-page').length > 0)
    } finally {
      worker.kill('SIGKILL')
    }
    // Before its own time-out for the source ends, after 15 s.
    await eventually(() => processesMentioning(job.folder).length === 0, { timeoutMs: 10_000 })
  })

  test('kill -9 of the worker ends its ffmpeg too', async () => {
    const job = await stage.job()
    const tools = await stage.job()
    // In place of the real ffmpeg, which is too fast to be caught at work: one that ignores whatever can be ignored.
    const ffmpeg = join(tools.folder, 'endless-ffmpeg')
    const script = [
      `#!${stage.options.python} -IS`,
      'import signal, sys, time',
      "if {'-bsfs', '-version'} & set(sys.argv): sys.exit(print('ffmpeg version 7.0'))",
      'for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(each, signal.SIG_IGN)',
      'time.sleep(60)',
    ]
    await writeFile(ffmpeg, `${script.join('\n')}\n`, { mode: 0o700 })
    const directory = join(tools.folder, 'shim')
    const ffmpegLocation = await installFfmpegShim({ directory, python: stage.options.python, ffmpeg, ffprobe: ffmpeg })
    const sandbox = {
      landlock: SANDBOX_MODULES,
      filter: jobFilterIn(ffmpegLocation),
      required: true,
      programs: [ffmpeg],
    }
    const worker = startWorker({ ...stage.options, sandbox, ffmpegLocation }, stage.site.url('/dash/manifest.mpd'), job)
    const merging = () =>
      processesMentioning(ffmpeg).filter(({ commandLine }) => commandLine.includes('-protocol_whitelist'))
    try {
      await eventually(() => merging().length > 0)
    } finally {
      worker.kill('SIGKILL')
    }
    await eventually(() => merging().length === 0 && processesMentioning(job.folder).length === 0)
  })
})
