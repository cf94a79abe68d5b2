/** Cancelling and retrying, by either kind of id and with any body. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const URL = 'https://example.com/video'
const cancelPath = (id: string) => `/api/video-scraper/job/${id}/cancel`
const retryPath = (id: string) => `/api/video-scraper/job/${id}/retry`

async function started({ post }: Gateway, kind: 'info' | 'download', body: object = {}): Promise<string> {
  const { job_id, download_id } = (await post(`/api/video-scraper/${kind}`, { url: URL, ...body })).json()
  return job_id ?? download_id
}

const summaryOf = async ({ get }: Gateway, id: string) =>
  (await get('/api/video-scraper/jobs')).json().jobs.find((job: { id: string }) => job.id === id)

const becomes = (gateway: Gateway, id: string, status: string) =>
  eventually(async () => expect(await summaryOf(gateway, id)).toMatchObject({ status }))

const bodies: [string, object][] = [
  ['no body', {}],
  ['an empty body called JSON', { headers: { 'content-type': 'application/json' } }],
  ['JSON', { payload: '{"reason":"enough"}', headers: { 'content-type': 'application/json' } }],
  ['no JSON called JSON', { payload: '{', headers: { 'content-type': 'application/json' } }],
  ['a form', { payload: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['plain text', { payload: 'x', headers: { 'content-type': 'text/plain' } }],
  ['an unknown type', { payload: 'x', headers: { 'content-type': 'video/mp4' } }],
  ['a malformed type', { payload: 'x', headers: { 'content-type': ';;;' } }],
  ['bytes without a type', { payload: Buffer.from([0, 255]) }],
]

test.each(bodies)('cancel and retry take %s', async (_what, body) => {
  const gateway = await rig.standing()
  const id = await started(gateway, 'info')
  expect((await gateway.ask({ method: 'POST', url: cancelPath(id), ...body })).statusCode).toBe(200)
  expect((await gateway.ask({ method: 'POST', url: retryPath(id), ...body })).statusCode).toBe(202)
})

test('a body beyond the limit is 413 for them too', async () => {
  const gateway = await rig.standing()
  const id = await started(gateway, 'info')
  for (const url of [cancelPath(id), retryPath(id)]) {
    expect((await gateway.ask({ method: 'POST', url, payload: Buffer.alloc(40_000) })).statusCode).toBe(413)
  }
})

test.each(['info', 'download'] as const)(
  '%s: cancelling twice is fine, and its status says cancelled',
  async (kind) => {
    const gateway = await rig.standing()
    const id = await started(gateway, kind)
    const first = await gateway.ask({ method: 'POST', url: cancelPath(id) })
    const second = await gateway.ask({ method: 'POST', url: cancelPath(id) })
    const message = 'Job cancelled successfully'
    for (const reply of [first, second]) expect(reply.json()).toEqual({ job_id: id, status: 'cancelled', message })
    expect(await summaryOf(gateway, id)).toMatchObject({ status: 'cancelled' })
  },
)

test('a running job stops, and never completes after that', async () => {
  const gateway = await rig.standing()
  const stopped: unknown[] = []
  await startWorker(rig, {
    prepare: async (_job, signal) => {
      signal.addEventListener('abort', () => stopped.push(signal.reason))
      await new Promise(() => undefined)
    },
  })
  const id = await started(gateway, 'download')
  await eventually(async () => expect(await summaryOf(gateway, id)).toMatchObject({ started_at: expect.any(String) }))
  expect((await gateway.ask({ method: 'POST', url: cancelPath(id) })).statusCode).toBe(200)
  await eventually(() => expect(stopped).toMatchObject([{ reason: 'cancelled' }]))
  expect((await gateway.get(`/api/video-scraper/status/${id}`)).json()).toMatchObject({ status: 'cancelled' })
})

test('a finished job cannot be cancelled: 409, and it stays as it is', async () => {
  const gateway = await rig.standing()
  await startWorker(rig, {
    prepare: async ({ envelope }) => {
      if (envelope.kind === 'download') throw new JobFailure('private_video')
    },
  })
  const completed = await started(gateway, 'info')
  const failed = await started(gateway, 'download')
  await becomes(gateway, completed, 'completed')
  await becomes(gateway, failed, 'failed')
  for (const id of [completed, failed]) {
    const reply = await gateway.ask({ method: 'POST', url: cancelPath(id) })
    expect(reply.statusCode).toBe(409)
    expect(reply.json()).toMatchObject({ code: 'job_already_finished', error: 'The job has already finished.' })
  }
  await becomes(gateway, completed, 'completed')
  await becomes(gateway, failed, 'failed')
})

test('retrying a cancelled download makes a new one with the same job request; the old one stays as it is', async () => {
  const gateway = await rig.standing()
  const old = await started(gateway, 'download', { format_id: '22' })
  await gateway.ask({ method: 'POST', url: cancelPath(old) })
  const reply = await gateway.ask({ method: 'POST', url: retryPath(old) })
  expect(reply.statusCode).toBe(202)
  const { download_id: id, ...rest } = reply.json()
  expect(rest).toMatchObject({ status: 'download_started', retry_of: old })
  expect(reply.headers.location).toBe(`/api/video-scraper/status/${id}`)
  expect((await gateway.get(`/api/video-scraper/status/${id}`)).json()).toMatchObject({
    status: 'in_progress',
    url: URL,
    format_id: '22',
    retry_of: old,
  })
  expect((await gateway.get(`/api/video-scraper/status/${old}`)).json().status).toBe('cancelled')
})

test('retrying a failed info job answers as POST /info does', async () => {
  const gateway = await rig.standing()
  let fails = true
  await startWorker(rig, {
    prepare: async () => {
      if (fails) throw new JobFailure('geo_restricted')
    },
  })
  const old = await started(gateway, 'info')
  await becomes(gateway, old, 'failed')
  fails = false
  const reply = (await gateway.ask({ method: 'POST', url: retryPath(old) })).json()
  expect(reply).toMatchObject({ status: 'processing', retry_of: old })
  await becomes(gateway, reply.job_id, 'completed')
  await becomes(gateway, old, 'failed')
})

test('what has not ended, and what has completed, cannot be retried', async () => {
  const gateway = await rig.standing()
  const waiting = await started(gateway, 'info')
  const refused = await gateway.ask({ method: 'POST', url: retryPath(waiting) })
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'job_not_finished'])
  await startWorker(rig)
  await becomes(gateway, waiting, 'completed')
  const done = await gateway.ask({ method: 'POST', url: retryPath(waiting) })
  expect([done.statusCode, done.json().code]).toEqual([409, 'job_already_finished'])
})

test('a job whose publication is being tried again is in progress, and says that it is too late to cancel it', async () => {
  const gateway = await rig.standing()
  let tries = 0
  const publish = async () => {
    tries += 1
    throw new JobFailure('disk_full')
  }
  await startWorker(rig, { publish })
  const id = await started(gateway, 'download')
  const status = async () => (await gateway.get(`/api/video-scraper/status/${id}`)).json()
  await eventually(async () => {
    expect(tries).toBe(1)
    expect(await status()).toMatchObject({ phase: 'queued', started_at: expect.any(String), attempts: 1 })
  })
  const reply = await gateway.ask({ method: 'POST', url: cancelPath(id) })
  expect(reply.statusCode).toBe(409)
  expect(reply.json()).toMatchObject({ code: 'job_being_published', retryable: false })
  expect(await status()).toMatchObject({ status: 'in_progress' })
  expect(tries).toBe(1)
})
