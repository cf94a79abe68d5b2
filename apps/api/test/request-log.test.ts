/** What the log says of a request, and what it must never say. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'

const rig = useApi()
const INFO = '/api/video-scraper/info'
const SECRET_URL = 'https://example.com/video?token=secret'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

test('a request id is echoed when it looks like one, and made otherwise', async () => {
  const { get } = await rig.gateway()
  const idFor = async (given: string) => (await get('/api/status', { 'x-request-id': given })).headers['x-request-id']
  expect(await idFor('my-request_01')).toBe('my-request_01')
  for (const bad of ['short', 'x'.repeat(65), 'with space in it', 'new\tline-here', '<script>alert(1)', 'ünïcödé-id']) {
    expect(await idFor(bad)).toMatch(UUID)
  }
  expect((await get('/unknown')).headers['x-request-id']).toMatch(UUID)
})

test('the job keeps the id of its request, so that the lines of both processes can be joined', async () => {
  const { post, jobs } = await rig.gateway()
  const { job_id } = (await post(INFO, { url: SECRET_URL }, { 'x-request-id': 'my-request_01' })).json()
  expect((await jobs.find(job_id))?.envelope.requestId).toBe('my-request_01')
})

test('each change is one line: accepted, cancelled, retried; reads and refusals of reads are not lines at info', async () => {
  const { post, get, log } = await rig.gateway()
  const headers = { 'x-request-id': 'my-request_01' }
  const { job_id } = (await post(INFO, { url: SECRET_URL }, headers)).json()
  await get(`/api/video-scraper/job/${job_id}`)
  await get('/api/video-scraper/job/unknown')
  await post(`/api/video-scraper/job/${job_id}/cancel`, {}, headers)
  await post(`/api/video-scraper/job/${job_id}/retry`, {}, headers)
  const lines = log.filter(({ level }) => level !== 'debug' && level !== 'trace')
  expect(lines).toMatchObject([
    { level: 'info', msg: 'job accepted', jobId: job_id, kind: 'info', owner: 'anonymous', requestId: 'my-request_01' },
    { level: 'info', msg: 'cancel requested', jobId: job_id, verdict: 'cancelled', requestId: 'my-request_01' },
    { level: 'info', msg: 'job accepted', retryOf: job_id, requestId: 'my-request_01' },
  ])
})

test('a change that was refused is one line, with status and client', async () => {
  const { post, log } = await rig.gateway()
  await post(INFO, { url: 'ftp://example.com/?token=secret' })
  const lines = log.filter(({ level }) => level !== 'debug' && level !== 'trace')
  expect(lines).toMatchObject([
    { msg: 'request answered', method: 'POST', path: INFO, status: 400, client: '127.0.0.1' },
  ])
})

test('neither the addresses of videos, nor queries, nor headers are logged, at no level', async () => {
  const { post, get, log } = await rig.gateway()
  const headers = { authorization: 'Bearer secret', cookie: 'a=secret', 'x-api-key': 'secret' }
  await post(INFO, { url: SECRET_URL }, headers)
  await post(INFO, { url: 'x', token: 'secret' }, headers)
  await get('/api/video-scraper/jobs?cursor=secret&token=secret', headers)
  await get('/unknown?token=secret', headers)
  expect(log.length).toBeGreaterThan(3)
  expect(JSON.stringify(log)).not.toContain('secret')
})

test('an error that nobody foresaw is a 500 that says nothing of the inside, and one line with its cause', async () => {
  const gateway = await rig.gateway()
  // The counter that orders jobs of one priority; the command that trips over it carries the whole job.
  await gateway.redis.set('{video-scraper}:info:pc', 'no number')
  const reply = await gateway.post(INFO, { url: SECRET_URL })
  expect(reply.json()).toEqual({
    error: 'Something went wrong on our side.',
    status_code: 500,
    code: 'internal_error',
    retryable: true,
    doc_url: '/api/video-scraper/docs/errors#internal_error',
    request_id: reply.headers['x-request-id'],
  })
  expect(gateway.log.filter(({ level }) => level === 'error')).toMatchObject([
    { msg: 'request answered', status: 500, err: { message: expect.stringMatching(/not an integer/) } },
  ])
  expect(JSON.stringify(gateway.log)).not.toContain('secret')
})

test('a path of any length is logged with its first 256 characters', async () => {
  const { ask, log } = await rig.gateway()
  const path = `/${'a.a-'.repeat(3500)}`
  await ask({ method: 'POST', url: path })
  const lines = log.filter(({ msg }) => msg === 'request answered')
  expect(lines).toMatchObject([{ path: path.slice(0, 256), status: 404 }])
})
