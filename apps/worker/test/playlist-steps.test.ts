/** Steps of a playlist against a real Redis: the table lasts, a lost one ends the playlist, and a cancel reaches the job at its edge. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { childIdOf, createJobQueue, type JobQueue, type RunningJob } from '@video-scraper/queue'
import { connectRedis, keys } from '@video-scraper/store'
import { type DisposableRedis, eventually, startRedis } from '@video-scraper/testkit'
import { cancelEntries } from '../src/playlist/cancel-entries.ts'
import { lookAfterEntries } from '../src/playlist/look-after-entries.ts'
import { makePlaylist, type PlaylistDependencies } from '../src/tasks/make-playlist.ts'

const DAY_MS = 86_400_000
const request = {
  owner: 'me',
  limitSubject: 'me',
  url: 'https://example.com/list',
  options: { of: 'info' },
  requestId: 'request-1',
  retryOf: null,
} as const
const running = new AbortController().signal

let server: DisposableRedis
let redis: ReturnType<typeof connectRedis>
let jobs: JobQueue
beforeAll(async () => {
  server = await startRedis()
  redis = connectRedis(server.url, 'worker', () => undefined)
  await eventually(() => redis.status === 'ready')
  const limits = { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 60_000 }
  jobs = createJobQueue(redis, { limits, onError: () => undefined })
})
afterAll(async () => {
  await jobs.close()
  redis.disconnect()
  await server.stop()
})

/** `kept`: which of its entries are no duplicates. */
async function playlist(kept: readonly boolean[]): Promise<RunningJob> {
  const submission = await jobs.submit({ ...request, kind: 'playlist' })
  if (!submission.accepted) throw new Error('refused')
  const { id } = submission
  const rows = kept.map((isKept, at) => ({
    listed: { position: at + 1, url: isKept ? `https://example.com/${at}` : null, title: null },
    outcome: isKept ? null : ({ state: 'skipped', skipCode: 'duplicate' } as const),
  }))
  await jobs.entryTables.write(id, { title: null, warnings: [] }, rows)
  const job = await jobs.find(id)
  if (job === null) throw new Error('no playlist')
  return {
    id,
    envelope: job.envelope,
    attempt: 1,
    committed: null,
    delivered: undefined,
    report: () => undefined,
    reportNow: async () => undefined,
    withoutClock: (work) => work(),
  }
}

const dependencies = () => ({ jobs, jobsAtOnce: 1 }) as unknown as PlaylistDependencies

test('a step that changes nothing makes the table last as well', async () => {
  const job = await playlist([true, true])
  await lookAfterEntries(dependencies(), job, running)
  const tables = [keys.entries(job.id), keys.openEntries(job.id)]
  for (const key of tables) await redis.pexpire(key, 60_000)
  const { counts } = await lookAfterEntries(dependencies(), job, running)
  expect(counts).toMatchObject({ waiting: 1, queued: 1 })
  for (const key of tables) expect(await redis.pttl(key)).toBeGreaterThan(29 * DAY_MS)
})

test('a playlist whose table is lost fails for good, and neither reads its list again nor makes a job', async () => {
  const job = await playlist([true, true])
  await redis.del(keys.entries(job.id), keys.openEntries(job.id))
  await expect(makePlaylist(dependencies()).prepare(job, running)).rejects.toMatchObject({
    code: 'internal_error',
    retryable: false,
    cause: { message: expect.stringContaining('lost the table') },
  })
  expect(await jobs.find(childIdOf('info', job.id, 0))).toBeNull()
})

test('a cancel reaches a job that was made in the moment of a crash, also behind entries that were skipped', async () => {
  const job = await playlist([false, true, false, true])
  await jobs.entryTables.opened(job.id, 1)
  const id = childIdOf('info', job.id, 3)
  await jobs.submit({ ...request, kind: 'info', options: {}, parent: { id: job.id, entry: 3 } }, { id })
  await cancelEntries(dependencies(), { ...job, write: async () => undefined })
  expect(await jobs.find(id)).toMatchObject({ state: 'cancelled' })
})
