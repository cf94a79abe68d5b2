import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Stop, type StopReason } from '@video-scraper/core'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import type { EngineOptions } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'

describe.each([
  ['cold', null],
  ['warm', WARM],
])('%s', (_how, warm) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage({ warm })
  })
  afterAll(() => stage.stop())

  /** An ffmpeg that never ends, in place of the real one: merging is over too soon to be caught in the act. */
  async function folderOfAnEndlessFfmpeg(): Promise<string> {
    const { folder } = await stage.job()
    // Another job has it as its program, and may have another user.
    await chmod(folder, 0o755)
    const script = ['#!/bin/sh', 'case "$*" in *-bsfs*|*-version*) echo "ffmpeg version 7.0"; exit 0;; esac']
    for (const name of ['ffmpeg', 'ffprobe']) {
      await writeFile(
        join(folder, name),
        [...script, 'trap "" INT TERM', 'while :; do /bin/sleep 1; done', ''].join('\n'),
        {
          mode: 0o755,
        },
      )
    }
    return folder
  }

  /** Warm, where the stage is. */
  async function engineWith(options: Partial<EngineOptions>): Promise<Stage['engine']> {
    const engine = stage.engineWith(options)
    expect(await engine.warmUp()).toBe(warm !== null)
    return engine
  }

  async function stopWhen(
    condition: (folder: string, phase: string) => boolean,
    { path, reason, engine = stage.engine }: { path: string; reason: StopReason; engine?: Stage['engine'] },
  ) {
    const stop = new AbortController()
    let stoppedAt = 0
    const job = await stage.job({ signal: stop.signal })
    const running = engine.download({ url: stage.site.url(path), options: {} }, job)
    const ended = running.then(
      () => new Error('It succeeded.'),
      (error: unknown) => error,
    )
    await eventually(() => condition(job.folder, job.seen.at(-1)?.phase ?? 'none'), { timeoutMs: 45_000, everyMs: 5 })
    stoppedAt = Date.now()
    stop.abort(new Stop(reason))
    const error = await ended
    return { error, job, tookMs: Date.now() - stoppedAt }
  }

  const started = (folder: string) => processesMentioning(folder).length > 0

  test.each([
    ['as soon as it was started', started, '/slow.mp4'],
    ['while it extracts', (_: string, phase: string) => phase === 'extracting', '/stall-page'],
    ['while it downloads', (_: string, phase: string) => phase === 'downloading', '/slow.mp4'],
    [
      'while it downloads fragments',
      (_: string, phase: string) => phase === 'downloading',
      '/long-hls.m3u8?fragments=300&delay=50',
    ],
  ])('cancelled %s, no process is left and the reason comes back', async (_when, condition, path) => {
    const { error, job, tookMs } = await stopWhen(condition, { path, reason: 'cancelled' })
    expect(error).toBeInstanceOf(Stop)
    expect(error).toMatchObject({ reason: 'cancelled' })
    expect(processesMentioning(job.folder)).toEqual([])
    // Long before yt-dlp would end by itself: it waits 15 s for a source, and asks again.
    expect(tookMs).toBeLessThan(12_000)
  })

  test('what is silent while it works still gives heartbeats', async () => {
    const stop = new AbortController()
    const job = await stage.job({ signal: stop.signal })
    const running = stage.engine.extractInfo({ url: stage.site.url('/stall-page') }, job)
    const ended = expect(running).rejects.toMatchObject({ reason: 'cancelled' })
    try {
      await eventually(() => job.seen.length > 0)
      const { heartbeatAt = 0 } = job.seen.at(-1) ?? {}
      await eventually(() => (job.seen.at(-1)?.heartbeatAt ?? 0) > heartbeatAt + 4_000)
      expect(job.seen.at(-1)).toMatchObject({ phase: 'extracting', fraction: 0.1 })
    } finally {
      stop.abort(new Stop('cancelled'))
      await ended
    }
  })

  test.each(['cancelled', 'shutdown', 'lock_lost'] as const)(
    '%s while ffmpeg works and ignores signals, nothing is left',
    async (reason) => {
      const ffmpegLocation = await folderOfAnEndlessFfmpeg()
      const working = () =>
        processesMentioning(ffmpegLocation).filter(({ commandLine }) => commandLine.includes('/ffmpeg'))
      const { error, job } = await stopWhen(
        (folder) => working().some(({ commandLine }) => commandLine.includes(`${folder}/media`)),
        {
          path: '/dash/manifest.mpd',
          reason,
          engine: await engineWith({ ffmpegLocation }),
        },
      )
      expect(error).toMatchObject({ reason })
      expect(processesMentioning(job.folder)).toEqual([])
      expect(working()).toEqual([])
    },
  )

  test('aborted before it began, nothing is started', async () => {
    const job = await stage.job({ signal: AbortSignal.abort(new Stop('shutdown')) })
    const running = stage.engine.extractInfo({ url: stage.site.url('/page') }, job)
    await expect(running).rejects.toMatchObject({ reason: 'shutdown' })
    expect(job.seen).toEqual([])
    expect(readdirSync(job.folder)).toEqual([])
  })

  test.each(['shutdown', 'lock_lost'] as const)(
    'what was stopped by %s is continued, and the file is the same',
    async (reason) => {
      const bytes = 4_000_000
      const path = `/big.mp4?bytes=${bytes}&rate=1000000`
      const { job } = await stopWhen(
        (folder) => readdirSync(folder).some((name) => name.endsWith('.part')) && (partSize(folder) ?? 0) > 500_000,
        { path, reason },
      )
      const again = await stage.job({ folder: job.folder })
      const media = await stage.engine.download({ url: stage.site.url(path), options: {} }, again)
      expect(
        createHash('sha256')
          .update(await readFile(media.path))
          .digest('hex'),
      ).toBe(await stage.site.largeVideoDigest(bytes))
      const ranges = stage.site.requests('/big.mp4').map(({ headers }) => headers.range)
      expect(ranges.some((range) => Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0) >= 500_000)).toBe(true)
    },
  )

  function partSize(folder: string): number | undefined {
    const part = readdirSync(folder).find((name) => name.endsWith('.part'))
    return part ? readFileSync(join(folder, part)).length : undefined
  }

  test('the programs of a job are given nothing of the worker, in their environment or as descriptors', async () => {
    process.env.VIDEO_SCRAPER_TEST_SECRET = 'swordfish'
    const ffmpegLocation = await folderOfAnEndlessFfmpeg()
    let environment = ''
    let inherited: string[] = []
    const { job } = await stopWhen(
      (folder) => {
        const merging = processesMentioning(ffmpegLocation).find(({ commandLine }) =>
          commandLine.includes(`${folder}/media`),
        )
        if (!merging) return false
        environment = readFileSync(`/proc/${merging.pid}/environ`, 'utf8')
        inherited = readdirSync(`/proc/${merging.pid}/fd`)
        return true
      },
      { path: '/dash/manifest.mpd', reason: 'cancelled', engine: await engineWith({ ffmpegLocation }) },
    )
    delete process.env.VIDEO_SCRAPER_TEST_SECRET
    const names = environment
      .split('\0')
      .filter(Boolean)
      .map((line) => line.split('=')[0])
    expect(names.sort()).toEqual([
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
      'VIDEO_SCRAPER_CPU_SECONDS',
      'VIDEO_SCRAPER_JOB_FOLDER',
      'VIDEO_SCRAPER_MEMORY_BYTES',
      'XDG_CACHE_HOME',
      'XDG_CONFIG_HOME',
      'XDG_DATA_HOME',
      'YTDLP_NO_PLUGINS',
    ])
    expect(environment).not.toContain('swordfish')
    expect(environment).toContain(`HOME=${job.folder}`)
    // Its three, and what the shell itself opens: its script.
    expect(inherited.filter((each) => Number(each) > 2 && Number(each) < 10)).toEqual([])
  })
})
