/** What is done to many jobs in one request: exactly to those that are meant, and to no more than a bounded number. */
import { expect, jest, test } from '@jest/globals'
import { SELECTED_JOBS_MAX } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { downloaded } from './several-files.ts'
import { startWorker } from './trivial-worker.ts'

jest.setTimeout(60_000)
const rig = useApi()
const JOBS = '/api/video-scraper/jobs'
const url = 'https://example.com/video'
const EVERYTHING = { created_after: '2000-01-01T00:00:00Z' }

async function made({ post }: Gateway, kind: 'info' | 'download', metadata: object = {}): Promise<string> {
  const reply = await post(`/api/video-scraper/${kind}`, { url, metadata })
  return reply.json().job_id ?? reply.json().download_id
}
const statesOf = async ({ get }: Gateway): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await get(`${JOBS}?limit=200`)).json().jobs.map((job: Record<string, string>) => [job.id, job.status]),
  )

test('exactly the jobs that are meant are cancelled; twice is fine', async () => {
  const gateway = await rig.standing()
  const [a, b] = [
    await made(gateway, 'info', { order: '1' }),
    await made(gateway, 'download', { order: '1', line: '2' }),
  ]
  const c = await made(gateway, 'info', { order: '2' })
  const reply = await gateway.post(`${JOBS}/cancel`, { metadata: { order: '1' } })
  expect(reply.statusCode).toBe(200)
  expect({ ...reply.json(), cancelled: reply.json().cancelled.sort() }).toEqual({
    cancelled: [a, b].sort(),
    refused: [],
    next_cursor: null,
  })
  expect(await statesOf(gateway)).toEqual({ [a]: 'cancelled', [b]: 'cancelled', [c]: 'processing' })
  expect((await gateway.post(`${JOBS}/cancel`, { metadata: { order: '1' } })).json().cancelled).toEqual([])
  expect((await gateway.post(`${JOBS}/cancel`, { metadata: { order: '2', line: '2' } })).json().cancelled).toEqual([])
  expect((await gateway.post(`${JOBS}/cancel`, { kind: 'info', status: 'processing' })).json().cancelled).toEqual([c])
})

test('exactly the ended jobs that are meant are removed, with their files; the others stay', async () => {
  const gateway = await rig.standing()
  await startWorker(rig, {
    prepare: async ({ envelope }) => {
      if (envelope.metadata?.end === 'badly') throw new JobFailure('video_unavailable')
      if (envelope.metadata?.end === 'never') await new Promise(() => undefined)
    },
  })
  const good = await made(gateway, 'download', { end: 'well' })
  const bad = await made(gateway, 'download', { end: 'badly' })
  const going = await made(gateway, 'info', { end: 'never' })
  await eventually(async () =>
    expect(await statesOf(gateway)).toEqual({ [good]: 'completed', [bad]: 'failed', [going]: 'processing' }),
  )
  const { filename } = (await gateway.get(`/api/video-scraper/status/${good}`)).json()
  expect((await gateway.post(`${JOBS}/delete`, { status: 'failed' })).json()).toEqual({
    deleted: [bad],
    refused: [],
    next_cursor: null,
  })
  expect((await gateway.post(`${JOBS}/delete`, EVERYTHING)).json().deleted).toEqual([good])
  expect(await statesOf(gateway)).toEqual({ [going]: 'processing' })
  expect((await gateway.get(`/api/video-scraper/download/${filename}`)).statusCode).toBe(404)
})

test('a download of several files is removed with all of them, though the list reads the first alone', async () => {
  const gateway = await rig.standing()
  const { id, media, subtitle, thumbnail } = await downloaded(rig, gateway)
  await (await rig.workerConnection()).zadd(keys.jobs('anonymous'), Date.now(), id)
  expect((await gateway.post(`${JOBS}/delete`, { kind: 'download' })).json().deleted).toEqual([id])
  for (const { filename } of [media, subtitle, thumbnail]) expect(await rig.files.find(filename)).toBeNull()
})

test('what is cancelled and not yet drained is named with its reason, and the others are removed all the same', async () => {
  const gateway = await rig.standing()
  const id = await made(gateway, 'info')
  await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
  expect((await gateway.post(`${JOBS}/delete`, EVERYTHING)).json()).toEqual({
    deleted: [],
    refused: [
      { id, status_code: 409, code: 'job_not_finished', error: expect.stringContaining('still being stopped') },
    ],
    next_cursor: null,
  })
})

test('one request changes a bounded number of jobs, and next_cursor goes on until all are', async () => {
  const gateway = await rig.standing()
  const urls = Array.from({ length: 100 }, (_, at) => `https://example.com/${at}`)
  await gateway.post('/api/video-scraper/info', { urls })
  await gateway.post('/api/video-scraper/info', { urls: urls.slice(0, 30) })
  const first = (await gateway.post(`${JOBS}/cancel`, EVERYTHING)).json()
  expect(first.cancelled).toHaveLength(SELECTED_JOBS_MAX)
  const second = (await gateway.post(`${JOBS}/cancel`, { ...EVERYTHING, cursor: first.next_cursor })).json()
  expect([second.cancelled.length, second.next_cursor]).toEqual([30, null])
  expect(new Set([...first.cancelled, ...second.cancelled]).size).toBe(130)
  const few = (await gateway.post(`${JOBS}/delete`, { ...EVERYTHING, limit: 3 })).json()
  expect([few.refused.length, few.deleted.length]).toEqual([3, 0])
})

const refused: [string, unknown][] = [
  ['an empty body', {}],
  ['only a limit', { limit: 5 }],
  ['empty metadata', { metadata: {} }],
  ['an unknown word', { status: 'done' }],
  ['an unknown condition', { state: 'failed' }],
  ['a limit that is too large', { ...EVERYTHING, limit: 101 }],
  ['a number as an instant', { created_after: 5 }],
  ['an instant that is none', { created_before: 'yesterday' }],
  ['a cursor that is none', { ...EVERYTHING, cursor: 'x' }],
  ['a list', [EVERYTHING]],
]

test.each(refused)('%s selects nothing: 400', async (_name, body) => {
  const gateway = await rig.standing()
  const id = await made(gateway, 'info')
  for (const action of ['cancel', 'delete']) {
    const reply = await gateway.post(`${JOBS}/${action}`, body)
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  }
  expect(await statesOf(gateway)).toEqual({ [id]: 'processing' })
})
