/** `retention_seconds`, `max_age` and `expires_in` at the gateway: what this service cannot do, or what contradicts itself, is refused. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'

const rig = useApi()
const url = 'https://example.com/video'
const DOWNLOAD = '/api/video-scraper/download'

test('a longer retention than the operator has is refused with the longest; the longest is taken', async () => {
  const { post } = await rig.gateway({ retentionSeconds: 3600 })
  expect((await post(DOWNLOAD, { url, retention_seconds: 3600 })).statusCode).toBe(202)
  for (const body of [{ url }, { urls: [url] }]) {
    const reply = await post(DOWNLOAD, { ...body, retention_seconds: 3601 })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
    expect(reply.json().details).toEqual([{ field: '/retention_seconds', message: expect.stringContaining('3600') }])
  }
})

test('where files are kept for ever every retention is taken', async () => {
  const { post } = await rig.standing()
  expect((await post(DOWNLOAD, { url, retention_seconds: 315_360_000 })).statusCode).toBe(202)
})

test('an age beside fresh is refused, and 0 beside it is the same job request', async () => {
  const { post, jobs } = await rig.standing()
  for (const kind of ['info', 'download']) {
    const reply = await post(`/api/video-scraper/${kind}`, { url, fresh: true, max_age: 60 })
    expect([reply.statusCode, reply.json().details[0].field]).toEqual([400, '/max_age'])
    for (const asked of [{ fresh: true, max_age: 0 }, { max_age: 0 }]) {
      const accepted = (await post(`/api/video-scraper/${kind}`, { url, ...asked })).json()
      const job = await jobs.find(accepted.job_id ?? accepted.download_id)
      expect(job?.envelope).toMatchObject({ fresh: true, options: { max_age: 0 } })
    }
  }
})

test.each([
  ['max_age', -1],
  ['max_age', 1.5],
  ['max_age', '60'],
  ['max_age', 1e12],
  ['retention_seconds', 59],
  ['retention_seconds', 0],
  ['retention_seconds', '3600'],
])('%s %j is refused', async (name, value) => {
  const { post } = await rig.standing()
  const reply = await post(DOWNLOAD, { url, [name]: value })
  expect([reply.statusCode, reply.json().details[0].field]).toEqual([400, `/${name}`])
})

test('an info job has no files to keep', async () => {
  const { post } = await rig.standing()
  expect((await post('/api/video-scraper/info', { url, retention_seconds: 60 })).statusCode).toBe(400)
})

test('every kind of job takes a time to expire from a second to thirty days, and no other', async () => {
  const { post, jobs } = await rig.standing()
  for (const kind of ['info', 'download', 'transcript', 'playlist']) {
    const path = `/api/video-scraper/${kind}`
    for (const value of [1, 2_592_000]) {
      const accepted = (await post(path, { url, expires_in: value })).json()
      const job = await jobs.find(accepted.job_id ?? accepted.download_id)
      expect(job?.envelope).toMatchObject({ version: 8, options: { expires_in: value } })
    }
    for (const value of [0, -1, 1.5, '60', 2_592_001]) {
      const reply = await post(path, { url, expires_in: value })
      expect([reply.statusCode, reply.json().details[0].field]).toEqual([400, '/expires_in'])
    }
  }
  const entries = await post('/api/video-scraper/playlist', { url, expires_in: 60, options: { expires_in: 10 } })
  const job = await jobs.find(entries.json().job_id)
  expect(job?.envelope.options).toEqual({ expires_in: 60, options: { expires_in: 10 } })
})
