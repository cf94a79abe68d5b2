/** Paging through files and jobs. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const DOWNLOADS = '/api/video-scraper/downloads'
const JOBS = '/api/video-scraper/jobs'

interface Summary {
  id: string
  created_at: string
  status_url: string
  status: string
}

const nextOf = (link: unknown): string | null => /^<([^>]+)>; rel="next"$/.exec(String(link))?.[1] ?? null

test('files come newest first, page by page along Link, and the last page has none', async () => {
  const { get } = await rig.standing()
  const names: string[] = []
  for (const [at, digit] of ['1', '2', '3', '4', '5'].entries()) {
    names.unshift((await publishFile(rig, { jobId: downloadId(digit), createdAt: Date.now() + at })).filename)
  }
  const seen: string[][] = []
  let url: string | null = `${DOWNLOADS}?limit=2`
  while (url !== null) {
    const page = await get(url)
    seen.push(page.json().map(({ filename }: { filename: string }) => filename))
    url = nextOf(page.headers.link)
  }
  expect(seen).toEqual([names.slice(0, 2), names.slice(2, 4), names.slice(4)])
  expect((await get(DOWNLOADS)).json()).toHaveLength(5)
  expect((await get(DOWNLOADS)).headers).not.toHaveProperty('link')
})

test('a page ends before its downloads have more than 2000 files together, and Link goes on', async () => {
  const { get } = await rig.standing()
  const made: string[] = []
  for (let at = 0; at < 9; at += 1) {
    const otherFiles = Array.from({ length: at === 4 ? 2500 : 399 }, (_, other) => `${other}`)
    const change = { jobId: downloadId(String(at + 1)), createdAt: Date.now() + at, otherFiles }
    made.unshift((await publishFile(rig, change)).filename)
  }
  const seen: string[][] = []
  let url: string | null = DOWNLOADS
  while (url !== null) {
    const page = await get(url)
    seen.push(page.json().map(({ filename }: { filename: string }) => filename))
    url = nextOf(page.headers.link)
  }
  // The one in the middle has more files than a page, and stands alone.
  expect(seen).toEqual([made.slice(0, 4), made.slice(4, 5), made.slice(5)])
})

test('files of somebody else and files whose time is over are not listed', async () => {
  const { get } = await rig.standing()
  await publishFile(rig, { jobId: downloadId('1'), owner: 'somebody' })
  await publishFile(rig, { jobId: downloadId('2'), expiresAt: Date.now() - 1 })
  const { filename } = await publishFile(rig, { jobId: downloadId('3'), expiresAt: null })
  expect((await get(DOWNLOADS)).json()).toMatchObject([{ filename, expires_at: null }])
})

test('jobs of both kinds come newest first, page by page along next_cursor', async () => {
  const { get, post } = await rig.standing()
  const ids: string[] = []
  for (let at = 0; at < 5; at += 1) {
    const kind = at % 2 === 0 ? 'info' : 'download'
    const { job_id, download_id } = (
      await post(`/api/video-scraper/${kind}`, { url: `https://example.com/${at}` })
    ).json()
    ids.push(job_id ?? download_id)
  }
  const seen: string[] = []
  const times: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { jobs: Summary[]; next_cursor: string | null } = (
      await get(`${JOBS}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    ).json()
    expect(page.jobs.length).toBeLessThanOrEqual(2)
    for (const job of page.jobs) {
      seen.push(job.id)
      times.push(job.created_at)
      expect((await get(job.status_url)).json().status).toBe(job.status)
    }
    cursor = page.next_cursor
  }
  expect([...seen].sort()).toEqual([...ids].sort())
  expect(times).toEqual([...times].sort().reverse())
})

test('nothing is an empty list', async () => {
  const { get } = await rig.standing()
  expect((await get(DOWNLOADS)).body).toBe('[]')
  expect((await get(JOBS)).json()).toEqual({ jobs: [], next_cursor: null })
})

const cursors = ['x', '%00', 'MTIz', '..%2f', Buffer.from('NaN:x').toString('base64url'), 'x'.repeat(401)]

test.each(cursors)('the cursor %s is a 400', async (cursor) => {
  const { get } = await rig.standing()
  for (const path of [DOWNLOADS, JOBS]) {
    const reply = await get(`${path}?cursor=${cursor}`)
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  }
})

const limits: [string, number, number][] = [
  ['1', 200, 200],
  ['200', 200, 200],
  ['201', 200, 400],
  ['1000', 200, 400],
  ['1001', 400, 400],
  ['0', 400, 400],
  ['-1', 400, 400],
  ['1.5', 400, 400],
  ['x', 400, 400],
  ['', 400, 400],
  ['1&limit=2', 400, 400],
  ['1e9', 400, 400],
]

test.each(limits)('limit=%s is %i for files and %i for jobs', async (limit, files, jobs) => {
  const { get } = await rig.standing()
  expect((await get(`${DOWNLOADS}?limit=${limit}`)).statusCode).toBe(files)
  expect((await get(`${JOBS}?limit=${limit}`)).statusCode).toBe(jobs)
})
