/** A worker is killed in the middle of a playlist, and a playlist is cancelled there: nothing twice, nothing lost. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

jest.setTimeout(240_000)

const BASE = '/api/video-scraper'
type Entry = Record<string, unknown>
type Summary = Record<string, number>

let scene: Surroundings
beforeEach(async () => {
  scene = await setTheScene({ ...WITHOUT_MEMORY, WORKER_INFO_CONCURRENCY: '6', PLAYLIST_JOBS_AT_ONCE: '12' })
})
afterEach(() => scene.stop())

const start = async (body: object) => {
  const url = scene.site.url('/lists/long.xml', { entries: '60', to: '/jsonld' })
  const { body: answer } = await scene.client.post(`${BASE}/playlist`, { url, ...body })
  return String(answer.job_id)
}
const summaryOf = async (id: string) => ((await scene.client.infoStatus(id)).summary ?? {}) as Summary
const endedBeyond = (id: string, count: number) =>
  eventually(
    async () => {
      const { completed = 0, failed = 0 } = await summaryOf(id)
      return completed + failed >= count
    },
    { timeoutMs: 90_000, everyMs: 50 },
  )
const entriesOf = async (id: string) =>
  (await scene.client.get(`${BASE}/job/${id}/entries?limit=200`)).body.entries as Entry[]

async function childrenOf(id: string): Promise<Entry[]> {
  const found: Entry[] = []
  let cursor: unknown = null
  do {
    const next = cursor === null ? '' : `&cursor=${String(cursor)}`
    const { body } = await scene.client.get(`${BASE}/jobs?parent_id=${id}&limit=200${next}`)
    found.push(...(body.jobs as Entry[]))
    cursor = body.next_cursor
  } while (cursor !== null)
  return found
}

test('a worker that is killed twice in the middle of sixty entries goes on, and makes none of them twice', async () => {
  const id = await start({ of: 'info' })
  let { worker } = scene
  for (const count of [8, 30]) {
    await endedBeyond(id, count)
    await worker.end('SIGKILL')
    worker = await scene.stack.startWorker()
  }
  const ended = await scene.client.ended(id, 180_000)
  // Three are gone, two are private, three are there twice (`long-lists.ts`).
  expect(ended).toMatchObject({
    status: 'completed',
    attempts: 1,
    summary: { total: 60, queued: 0, running: 0, completed: 52, failed: 5, cancelled: 0, skipped: 3 },
  })
  const entries = await entriesOf(id)
  expect(entries.map(({ position }) => position)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
  const made = entries.flatMap(({ job_id: jobId }) => (jobId === null ? [] : [String(jobId)]))
  const children = await childrenOf(id)
  expect(children.map((child) => String(child.id)).toSorted()).toEqual(made.toSorted())
  expect(new Set(made).size).toBe(57)
})

test('a playlist that is cancelled in the middle takes all of its jobs with it, and makes no more', async () => {
  const id = await start({ of: 'info' })
  await endedBeyond(id, 10)
  expect((await scene.client.cancel(id)).status).toBe(200)
  await eventually(
    async () => {
      const { queued, running, cancelled = 0, total } = await summaryOf(id)
      expect([queued, running, total]).toEqual([0, 0, 60])
      expect(cancelled).toBeGreaterThan(20)
      const states = (await childrenOf(id)).map(({ status }) => status)
      expect(states.filter((status) => status === 'processing')).toEqual([])
    },
    { timeoutMs: 30_000 },
  )
  const before = (await childrenOf(id)).length
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect((await childrenOf(id)).length).toBe(before)
  const counted: Summary = {}
  for (const { state } of await entriesOf(id)) counted[String(state)] = (counted[String(state)] ?? 0) + 1
  const { total: _, ...summary } = await summaryOf(id)
  expect({ completed: 0, failed: 0, skipped: 0, queued: 0, running: 0, ...counted }).toEqual(summary)
})

test('one that is cancelled while no worker lives reaches its jobs when one is there again', async () => {
  const id = await start({ of: 'info' })
  await endedBeyond(id, 5)
  await scene.worker.end('SIGKILL')
  await scene.client.cancel(id)
  expect(await scene.client.infoStatus(id)).toMatchObject({ status: 'cancelled' })
  await scene.stack.startWorker()
  await eventually(
    async () => {
      const open = (await childrenOf(id)).filter(({ status }) => status === 'processing')
      expect(open).toEqual([])
    },
    { timeoutMs: 60_000 },
  )
})
