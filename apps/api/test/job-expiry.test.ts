/** When the time of a job is over: the answer to its POST and its status name the instant, and the failed job says why it had not ended. */
import { expect, test } from '@jest/globals'
import { failureRules, JobFailure } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const url = 'https://example.com/video'
const pathOf = (kind: string) => `/api/video-scraper/${kind}`
const statusPath = ({ job_id, download_id }: { job_id?: string; download_id?: string }) =>
  job_id === undefined ? `/api/video-scraper/status/${download_id}` : `/api/video-scraper/job/${job_id}`
const idOf = ({ job_id, download_id }: { job_id?: string; download_id?: string }) => job_id ?? download_id ?? ''

const accepted = async ({ post }: Gateway, kind: string, body: object, headers = {}) => {
  const reply = await post(pathOf(kind), body, headers)
  expect(reply.statusCode).toBe(202)
  return reply.json()
}
const found = async ({ jobs }: Gateway, id: string) => {
  const job = await jobs.find(id)
  if (job === null) throw new Error(`There is no job ${id}.`)
  return job
}
const expire = async ({ jobs, redis }: Gateway, id: string) => {
  await redis.zadd(keys.deadlines, 'XX', Date.now() - 1, id)
  expect(await jobs.expireDue()).toMatchObject({ expired: 1 })
}

test.each(['info', 'download', 'transcript', 'playlist'])(
  '%s: the instant is in the 202 and, the same, in the status before and after the end',
  async (kind) => {
    const gateway = await rig.standing()
    const before = Date.now()
    const answer = await accepted(gateway, kind, { url, expires_in: 900 })
    expect(answer.job_expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const at = Date.parse(answer.job_expires_at)
    expect(at).toBeGreaterThanOrEqual(before + 899_000)
    expect(at).toBeLessThanOrEqual(Date.now() + 901_000)
    const status = (await gateway.get(statusPath(answer))).json()
    expect(status.job_expires_at).toBe(answer.job_expires_at)
    await gateway.jobs.cancel(await found(gateway, idOf(answer)))
    expect((await gateway.get(statusPath(answer))).json()).toMatchObject({
      status: 'cancelled',
      job_expires_at: answer.job_expires_at,
    })
  },
)

test('a job without a time says nothing of one, and each of several has its own', async () => {
  const gateway = await rig.standing()
  const answer = await accepted(gateway, 'download', { url })
  expect(answer).not.toHaveProperty('job_expires_at')
  expect((await gateway.get(statusPath(answer))).json()).not.toHaveProperty('job_expires_at')
  const { jobs } = await accepted(gateway, 'info', { urls: [url, 'ftp://example.com', `${url}2`], expires_in: 60 })
  expect(jobs.map((job: object) => 'job_expires_at' in job)).toEqual([true, false, true])
})

test('a repeat with the same Idempotency-Key names the first instant, also where only the job is left of the first one', async () => {
  const gateway = await rig.standing()
  const key = { 'idempotency-key': '"expiry"' }
  const first = await accepted(gateway, 'download', { url, expires_in: 900 }, key)
  expect(await accepted(gateway, 'download', { url, expires_in: 900 }, key)).toEqual(first)
  const id = idOf(first)
  const { version: _, expiresAt: __, ...request } = (await found(gateway, id)).envelope
  await expire(gateway, id)
  const again = await gateway.jobs.submit(request, { id })
  expect(again).toEqual({ accepted: true, id, expiresAt: Date.parse(first.job_expires_at) })
})

test.each([
  ['info', 'network_error', {}],
  ['download', 'network_error', {}],
  ['info', 'live_not_started', { startsAt: Date.parse('2030-05-01T12:00:00Z') }],
] as const)('%s: it had failed with %s before, and says so', async (kind, code, details) => {
  const gateway = await rig.standing()
  const reason = () => new JobFailure(code, { ...details, retryable: true, retryAfterMs: 100_000 })
  await startWorker(rig, { prepare: () => Promise.reject(reason()) })
  const answer = await accepted(gateway, kind, { url, expires_in: 900 })
  const status = async () => (await gateway.get(statusPath(answer))).json()
  await eventually(async () => expect(await status()).toHaveProperty('last_error'))
  const { last_error: said } = await status()
  await expire(gateway, idOf(answer))
  const ended = await status()
  expect(ended).toMatchObject({
    status: 'failed',
    code: 'job_expired',
    last_error: { code, error: failureRules[code].message },
    job_expires_at: answer.job_expires_at,
  })
  expect(ended.last_error).toEqual(said)
  expect(ended).not.toHaveProperty('starts_at')
})

test('one that nobody took says no such thing, and a retry has the whole time again', async () => {
  const gateway = await rig.standing()
  const answer = await accepted(gateway, 'download', { url, expires_in: 900 })
  await expire(gateway, idOf(answer))
  const status = (await gateway.get(statusPath(answer))).json()
  expect(status.code).toBe('job_expired')
  expect(status).not.toHaveProperty('last_error')
  const retry = (await gateway.post(`/api/video-scraper/job/${idOf(answer)}/retry`, undefined)).json()
  expect(retry.retry_of).toBe(idOf(answer))
  expect(Date.parse(retry.job_expires_at)).toBeGreaterThan(Date.parse(answer.job_expires_at))
})
