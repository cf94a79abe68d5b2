/** What is left where encoding a file again takes too much, or is cancelled. */
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { eventually, processesMentioning, readRuntime } from '@video-scraper/testkit'
import { jobWithMedia, type Stage, startStage } from './stage.ts'

jest.setTimeout(60_000)

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a test waits.
  await (await fetch(stage.site.url('/long/mpeg4.mp4'))).arrayBuffer()
}, 150_000)
afterAll(() => stage.stop())

const drafts = async (folder: string) => (await readdir(folder)).filter((name) => name.includes('.draft.'))

test('a bound of the bytes is one, and nothing of what was written is left', async () => {
  const { job, path } = await jobWithMedia(stage, '/long/mpeg4.mp4')
  const running = stage.engine.transcode({ path, video: true, audio: false, bytesMax: 100_000 }, job)
  await expect(running).rejects.toMatchObject({ code: 'file_too_large' })
  expect(await drafts(job.folder)).toEqual([])
})

test('a bound of the processor is one, however much a download may use', async () => {
  const none = { cpuSeconds: 0, memoryBytes: 0 }
  const engine = stage.engineWith({ limits: { info: none, download: none, transcode: { ...none, cpuSeconds: 1 } } })
  const { job, path } = await jobWithMedia(stage, '/long/mpeg4.mp4')
  const running = engine.transcode({ path, video: true, audio: false }, job)
  await expect(running).rejects.toMatchObject({ code: 'cpu_limit_exceeded' })
  expect(processesMentioning(job.folder)).toEqual([])
})

test('whoever is cancelled in the middle leaves no process', async () => {
  const stop = new AbortController()
  const { job, path } = await jobWithMedia(stage, '/long/mpeg4.mp4', { signal: stop.signal })
  const running = stage.engine.transcode({ path, video: true, audio: false }, job)
  const ended = expect(running).rejects.toMatchObject({ reason: 'cancelled' })
  await eventually(async () => (await drafts(job.folder)).length > 0)
  stop.abort(new Stop('cancelled'))
  await ended
  expect(processesMentioning(job.folder)).toEqual([])
})

test('encoding says how far it is, and never goes back', async () => {
  const { job, path: long } = await jobWithMedia(stage, '/long/mpeg4.mp4')
  const path = join(job.folder, 'media.1.mp4')
  await promisify(execFile)(readRuntime().ffmpeg, ['-v', 'error', '-i', long, '-t', '12', '-c', 'copy', path])
  await stage.engine.transcode({ path, video: true, audio: false }, job)
  const fractions = job.seen.map(({ fraction }) => fraction)
  expect(fractions).toEqual(fractions.toSorted((one, other) => one - other))
  expect(new Set(fractions.filter((fraction) => fraction > 0 && fraction < 1)).size).toBeGreaterThan(0)
  expect(new Set(job.seen.slice(1).map(({ phase }) => phase))).toEqual(new Set(['processing']))
})
