/** The list of jobs, narrowed down: exact, page by page, and never more than a bounded look. */
import { expect, test } from '@jest/globals'
import { JOBS_SEARCHED_MAX } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const JOBS = '/api/video-scraper/jobs'

async function made({ post }: Gateway, kind: 'info' | 'download', metadata: object = {}): Promise<string> {
  const reply = await post(`/api/video-scraper/${kind}`, { url: 'https://example.com/video', metadata })
  return reply.json().job_id ?? reply.json().download_id
}

/** The ids of every page, to the last. */
async function pagesOf({ get }: Gateway, query: Record<string, string>): Promise<string[][]> {
  const pages: string[][] = []
  let url: string | null = `${JOBS}?${new URLSearchParams(query)}`
  while (url !== null) {
    const page = await get(url)
    expect(page.statusCode).toBe(200)
    pages.push(page.json().jobs.map(({ id }: { id: string }) => id))
    url = /^<([^>]+)>; rel="next"$/.exec(String(page.headers.link))?.[1] ?? null
  }
  return pages
}
const found = async (gateway: Gateway, query: Record<string, string>) => (await pagesOf(gateway, query)).flat()

test('kind, metadata and status each leave out what they should, alone and together', async () => {
  const gateway = await rig.standing()
  const info = await made(gateway, 'info', { order: '1', note: 'a:b' })
  const download = await made(gateway, 'download', { order: '1' })
  const other = await made(gateway, 'download', { order: '2' })
  const plain = await made(gateway, 'info')
  await gateway.post(`/api/video-scraper/job/${other}/cancel`, {})

  expect((await found(gateway, { kind: 'info' })).sort()).toEqual([info, plain].sort())
  expect((await found(gateway, { kind: 'download' })).sort()).toEqual([download, other].sort())
  expect((await found(gateway, { metadata: 'order:1' })).sort()).toEqual([info, download].sort())
  expect(await found(gateway, { metadata: 'note:a:b' })).toEqual([info])
  expect(await found(gateway, { metadata: 'note:a' })).toEqual([])
  expect(await found(gateway, { metadata: 'toString:x' })).toEqual([])
  expect(await found(gateway, { status: 'cancelled' })).toEqual([other])
  expect(await found(gateway, { status: 'in_progress' })).toEqual([download])
  expect((await found(gateway, { status: 'processing' })).sort()).toEqual([info, plain].sort())
  expect(await found(gateway, { metadata: 'order:1', kind: 'download', status: 'in_progress' })).toEqual([download])
  expect(await found(gateway, { metadata: 'order:1', kind: 'download', status: 'cancelled' })).toEqual([])
})

test('a job that has failed is found by that word, and one that has completed by that', async () => {
  const gateway = await rig.standing()
  await startWorker(rig)
  const done = await made(gateway, 'info')
  await eventually(async () => expect(await found(gateway, { status: 'completed' })).toEqual([done]))
  expect(await found(gateway, { status: 'failed' })).toEqual([])
})

test('created_after and created_before mean the time that the job says, and leave it out itself', async () => {
  const gateway = await rig.standing()
  const ids: string[] = []
  for (let at = 0; at < 4; at += 1) {
    ids.push(await made(gateway, 'info'))
    // Two jobs of one millisecond would have one time.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const times = new Map<string, string>()
  for (const job of (await gateway.get(JOBS)).json().jobs) times.set(job.id, job.created_at)
  const at = (index: number) => times.get(ids[index] ?? '') ?? ''
  expect(await found(gateway, { created_after: at(1) })).toEqual([ids[3], ids[2]])
  expect(await found(gateway, { created_before: at(2) })).toEqual([ids[1], ids[0]])
  expect(await found(gateway, { created_after: at(0), created_before: at(3) })).toEqual([ids[2], ids[1]])
})

test('pages of a search hold each match once, in order, along Link', async () => {
  const gateway = await rig.standing()
  const wanted: string[] = []
  for (let at = 0; at < 12; at += 1) {
    const id = await made(gateway, at % 3 === 0 ? 'download' : 'info', { parity: String(at % 2) })
    if (at % 2 === 0) wanted.unshift(id)
  }
  const pages = await pagesOf(gateway, { metadata: 'parity:0', limit: '4' })
  expect(pages.map((page) => page.length)).toEqual([4, 2])
  expect(pages.flat().sort()).toEqual([...wanted].sort())
})

test('a page looks at a bounded number of jobs, and the next one goes on behind them', async () => {
  const gateway = await rig.standing()
  const wanted = await made(gateway, 'info', { order: '1' })
  // Newer jobs, of which only the line in the list is there.
  const adding = gateway.redis.pipeline()
  for (let at = 0; at < JOBS_SEARCHED_MAX; at += 1)
    adding.zadd(keys.jobs('anonymous'), Date.now() + 1000 + at, `download_${at.toString(16).padStart(32, '0')}`)
  await adding.exec()
  const pages = await pagesOf(gateway, { metadata: 'order:1' })
  expect(pages).toEqual([[], [wanted]])
})

const refused = [
  'status=done',
  'status=',
  'kind=transcribe',
  'metadata=order',
  'metadata=',
  'metadata=:x',
  'metadata=a%20b:x',
  `metadata=a:${'x'.repeat(601)}`,
  'metadata=a:1&metadata=b:2',
  'created_after=yesterday',
  'created_after=2026-02-31T00:00:00Z',
  'created_before=1',
  'state=failed',
]

test.each(refused)('%s is a 400', async (query) => {
  const { get } = await rig.standing()
  const reply = await get(`${JOBS}?${query}`)
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
})
