/** An info job whose time is over: whether the clock ended it or what it costs is reported by its processor time. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

jest.setTimeout(120_000)

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const both = { cpuSeconds: 16, memoryBytes: 0 }

/** Hundredths of a second that the job has used so far. */
function ticksOf(folder: string): number {
  const [{ pid } = { pid: 0 }] = processesMentioning(folder)
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

test('a page that has used a quarter of what it may is ended for what it costs, and not retried', async () => {
  const engine = stage.engineWith({ limits: { info: both, download: both } })
  const stop = new AbortController()
  const job = await stage.job({ signal: stop.signal })
  const url = stage.site.url('/hostile/busy', { kilobytes: 2000 })
  const ended = expect(engine.extractInfo({ url }, job)).rejects.toMatchObject({
    code: 'cpu_limit_exceeded',
    retryable: false,
  })
  // A quarter is four seconds, and the worker looks once a second.
  await eventually(() => ticksOf(job.folder) > 700, { timeoutMs: 90_000, everyMs: 200 })
  stop.abort(new Stop('timeout'))
  await ended
})

test('a page that only makes it wait is ended by the clock', async () => {
  const engine = stage.engineWith({ limits: { info: both, download: both } })
  const stop = new AbortController()
  const job = await stage.job({ signal: stop.signal })
  const ended = expect(engine.extractInfo({ url: stage.site.url('/stall-page') }, job)).rejects.toMatchObject({
    reason: 'timeout',
  })
  await eventually(() => stage.site.requests('/stall-page').length > 0, { timeoutMs: 60_000 })
  stop.abort(new Stop('timeout'))
  await ended
})
