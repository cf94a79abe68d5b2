/** What an integrator stumbled over: waits, lists, readiness. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const URL = 'https://example.com/video'
const INFO = '/api/video-scraper/info'
const DOWNLOAD = '/api/video-scraper/download'

test.each(['wait=61', 'wait=120', 'wait="999999999"'])('%s waits for 60 seconds, and says so', async (prefer) => {
  const gateway = await rig.gateway()
  await startWorker(rig)
  const reply = await gateway.post(INFO, { url: URL }, { prefer })
  expect([reply.statusCode, reply.headers['preference-applied']]).toEqual([200, 'wait=60'])
  const again = await gateway.get(`/api/video-scraper/job/${reply.json().job_id}`, { prefer })
  expect(again.headers['preference-applied']).toBe('wait=60')
})

test('a wait beside a callback, or with several addresses, says that the answer came at once', async () => {
  const gateway = await rig.gateway()
  const callback = { url: URL, callback_url: 'https://example.org/hook' }
  for (const body of [callback, { urls: [URL] }]) {
    const reply = await gateway.post(INFO, body, { prefer: 'wait=30' })
    expect([reply.statusCode, reply.headers['preference-applied']]).toEqual([202, 'respond-async'])
    expect((await gateway.post(INFO, body)).headers).not.toHaveProperty('preference-applied')
  }
})

test('the list of jobs links to its next page, and its entries name the file of a completed download', async () => {
  const gateway = await rig.gateway()
  await startWorker(rig)
  const id = (await gateway.post(DOWNLOAD, { url: URL })).json().download_id
  const status = `/api/video-scraper/status/${id}`
  await eventually(async () => expect((await gateway.get(status)).json().status).toBe('completed'))
  const { filename, download_url } = (await gateway.get(status)).json()
  expect((await gateway.get('/api/video-scraper/jobs')).json().jobs).toMatchObject([{ id, filename, download_url }])

  await gateway.post(INFO, { url: URL })
  const page = await gateway.get('/api/video-scraper/jobs?limit=1')
  const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(String(page.headers.link)) ?? []
  expect((await gateway.get(next)).json().jobs).toMatchObject([{ id }])
  expect((await gateway.get('/api/video-scraper/jobs')).headers).not.toHaveProperty('link')
})

test.each([
  ['lacks its replicas', ['min-replicas-to-write', '1'], ['min-replicas-to-write', '0']],
  ['is full', ['maxmemory', '1'], ['maxmemory', '0']],
] as const)(
  'a Redis that %s reads and does not write: the gateway is not ready, and a POST is 503',
  async (_what, broken, mended) => {
    const gateway = await rig.gateway()
    const operator = await rig.workerConnection()
    await operator.config('SET', ...broken)
    try {
      for (const reply of [await gateway.get('/health/ready'), await gateway.post(INFO, { url: URL })]) {
        expect([reply.statusCode, reply.json().code]).toEqual([503, 'service_unavailable'])
      }
      expect((await gateway.get('/health/live')).statusCode).toBe(200)
    } finally {
      await operator.config('SET', ...mended)
    }
    expect((await gateway.get('/health/ready')).statusCode).toBe(200)
  },
)
