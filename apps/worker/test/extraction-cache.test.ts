/** Who is given what was found out lately, and that nobody waits for it. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { JobEnvelope, VideoInfo, WarningCode } from '@video-scraper/contracts'
import type { RunningJob } from '@video-scraper/queue'
import { connectRedis, createExtractionStore, type ExtractionStore } from '@video-scraper/store'
import { type DisposableRedis, eventually, startRedis } from '@video-scraper/testkit'
import { recalled, rememberedFor } from '../src/extraction-cache.ts'

const URL = 'http://example.com/video'
const source = { kind: 'info', url: URL, options: {} } as const
const info = { title: 'A video', formats: [] } as unknown as VideoInfo
const record = Buffer.from('a record')
const warnings: WarningCode[] = ['more_videos']
const nothing = { extraction: null, warnings: [] }

let server: DisposableRedis
let redis: ReturnType<typeof connectRedis>
let extractions: ExtractionStore
const lines: string[] = []
const write = (_fields: object, message: string) => void lines.push(message)
const log = { info: write, warn: write, error: write }

beforeAll(async () => {
  server = await startRedis()
  redis = connectRedis(server.url, 'worker', () => undefined)
  extractions = createExtractionStore(redis, { engine: () => 'engine', lifetimeMs: 60_000 })
})
beforeEach(async () => {
  lines.length = 0
  await extractions.keep(source, { info, extractedAt: 1, record, warnings })
})
afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const job = ({ attempt = 1, ...change }: Partial<JobEnvelope> & { attempt?: number } = {}): RunningJob => ({
  id: `download_${'1'.repeat(32)}`,
  attempt,
  committed: null,
  delivered: undefined,
  report: () => undefined,
  reportNow: async () => undefined,
  withoutClock: (work) => work(),
  envelope: {
    version: 1,
    kind: 'download',
    owner: 'anonymous',
    limitSubject: '192.0.2.1',
    url: URL,
    options: {},
    requestId: 'request',
    retryOf: null,
    ...change,
  },
})

test('a first attempt is given what is remembered of its address, whoever asks', async () => {
  expect(await rememberedFor({ extractions, log }, job())).toMatchObject({ extraction: record, warnings })
  expect(await rememberedFor({ extractions, log }, job({ owner: 'somebody' }))).toMatchObject({ extraction: record })
  expect(await rememberedFor({ extractions, log }, job({ url: `${URL}2` }))).toMatchObject(nothing)
})

test.each<[string, Parameters<typeof job>[0]]>([
  ['a second attempt', { attempt: 2 }],
  ['a retry', { retryOf: `download_${'2'.repeat(32)}` }],
  ['one who wants it fresh', { fresh: true }],
])('%s is given nothing', async (_name, change) => {
  expect(await rememberedFor({ extractions, log }, job(change))).toMatchObject(nothing)
})

test('what turned out to be stale is given to nobody any more', async () => {
  const { onStale } = await rememberedFor({ extractions, log }, job())
  onStale()
  await eventually(async () => (await extractions.find(source)) === null)
  expect(lines).toEqual(['what was remembered is out of date; the source is asked again'])
})

test('what fails is reported in the log and is null, and so is what takes too long', async () => {
  expect(await recalled(Promise.reject(new Error('broken')), log)).toBeNull()
  expect(lines).toHaveLength(1)
  expect(await recalled(new Promise(() => undefined), log)).toBeNull()
  expect(await recalled(Promise.resolve(1), log)).toBe(1)
})

test('what is older than the job allows is not given, and what is as old as it allows is', async () => {
  const asked = (max_age: number) => rememberedFor({ extractions, log }, job({ options: { max_age } }))
  await extractions.keep(source, { info, extractedAt: Date.now() - 30_000, record, warnings })
  expect(await asked(0)).toMatchObject(nothing)
  expect(await asked(10)).toMatchObject(nothing)
  expect(await asked(3600)).toMatchObject({ extraction: record, warnings })
})
