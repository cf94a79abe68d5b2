/** What a job may take of processor and memory, all of its processes together; real pages and programs that want more. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import type { ConsumptionLimits } from '@video-scraper/sandbox'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import type { EngineOptions } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'

jest.setTimeout(180_000)

const NONE: ConsumptionLimits = { cpuSeconds: 0, memoryBytes: 0 }

describe.each([
  ['cold', null],
  ['warm', WARM],
])('%s', (_how, warm) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage({ warm })
  })
  afterAll(() => stage.stop())

  async function engineWith(limits: Partial<ConsumptionLimits>, options: Partial<EngineOptions> = {}) {
    const both = { ...NONE, ...limits }
    const engine = stage.engineWith({ ...options, limits: { info: both, download: both } })
    expect(await engine.warmUp()).toBe(warm !== null)
    return engine
  }

  /** In place of ffmpeg: takes no notice of gentle signals, and does what `work` says when it is to merge. */
  async function ffmpegThat(work: string): Promise<string> {
    const { folder } = await stage.job()
    const script = [
      `#!${stage.options.python} -IS`,
      'import signal, sys, time',
      "if {'-bsfs', '-version'} & set(sys.argv): sys.exit(print('ffmpeg version 7.0'))",
      'for each in (signal.SIGINT, signal.SIGTERM): signal.signal(each, signal.SIG_IGN)',
      work,
      'time.sleep(120)',
    ]
    for (const name of ['ffmpeg', 'ffprobe']) {
      await writeFile(join(folder, name), `${script.join('\n')}\n`, { mode: 0o700 })
    }
    return folder
  }

  test('a page that keeps the processor busy is ended, and nothing of it is left', async () => {
    const engine = await engineWith({ cpuSeconds: 3 })
    const job = await stage.job()
    const running = engine.extractInfo({ url: stage.site.url('/hostile/busy', { kilobytes: 2000 }) }, job)
    await expect(running).rejects.toMatchObject({ code: 'cpu_limit_exceeded', retryable: false })
    expect(processesMentioning(job.folder)).toEqual([])
  })

  test('a page that becomes huge when it is unpacked is ended, and nothing of it is left', async () => {
    const engine = await engineWith({ memoryBytes: 200 * 2 ** 20 })
    const job = await stage.job()
    const running = engine.extractInfo({ url: stage.site.url('/hostile/bomb', { bytes: 8 * 2 ** 30 }) }, job)
    await expect(running).rejects.toMatchObject({ code: 'memory_limit_exceeded', retryable: false })
    expect(processesMentioning(job.folder)).toEqual([])
  })

  test.each([
    ['cpu_limit_exceeded', { cpuSeconds: 4 }, 'while True: pass'],
    ['memory_limit_exceeded', { memoryBytes: 300 * 2 ** 20 }, "block = b'x' * 350 * 2 ** 20"],
  ])('what ffmpeg takes counts too: %s', async (code, limits, work) => {
    const ffmpegLocation = await ffmpegThat(work)
    const engine = await engineWith(limits, { ffmpegLocation })
    const job = await stage.job()
    const running = engine.download({ url: stage.site.url('/dash/manifest.mpd'), options: {} }, job)
    await expect(running).rejects.toMatchObject({ code })
    expect(processesMentioning(job.folder)).toEqual([])
    expect(processesMentioning(ffmpegLocation)).toEqual([])
  })

  test('what grows faster than anybody looks is refused by the kernel', async () => {
    const memoryBytes = 300 * 2 ** 20
    const engine = await engineWith({ memoryBytes })
    const stop = new AbortController()
    const job = await stage.job({ signal: stop.signal })
    const running = engine.extractInfo({ url: stage.site.url('/stall-page', { kernel: 1 }) }, job)
    const ended = expect(running).rejects.toMatchObject({ reason: 'cancelled' })
    const asked = () => stage.site.requests('/stall-page').some(({ search }) => search.includes('kernel'))
    try {
      await eventually(asked)
      const [{ pid } = { pid: 0 }] = processesMentioning(job.folder)
      const [, bytes] = /^Max data size\s+(\d+)/m.exec(await readFile(`/proc/${pid}/limits`, 'utf8')) ?? []
      expect(Number(bytes)).toBe(memoryBytes + 2 ** 30)
    } finally {
      stop.abort(new Stop('cancelled'))
      await ended
    }
  })

  test('ordinary jobs keep well within the limits that are the default', async () => {
    const engine = await engineWith({ cpuSeconds: 30, memoryBytes: 2 ** 30 })
    await expect(engine.extractInfo({ url: stage.site.url('/jsonld') }, await stage.job())).resolves.toMatchObject({
      title: 'A described video',
    })
    const running = engine.download({ url: stage.site.url('/hls/master.m3u8'), options: {} }, await stage.job())
    await expect(running).resolves.toMatchObject({ extension: 'mp4' })
  })
})
