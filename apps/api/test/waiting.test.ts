/** `Prefer: wait=N`: an answer is held until the job has ended, and never longer or by more than is allowed. */
import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { type GatewayOptions, useApi } from './api-rig.ts'
import { openSocket, parseReply, readToEnd } from './raw-http.ts'
import { startWorker, videoInfo } from './trivial-worker.ts'

const rig = useApi()
/** Not about outages: a machine that is busy with other tests must not look like one. */
const gatewayOf = (options: GatewayOptions = {}) => rig.gateway({ redisTimeoutMs: 10_000, ...options })
const INFO = '/api/video-scraper/info'
const DOWNLOAD = '/api/video-scraper/download'
const VIDEO = 'https://example.com/video'
const WAIT = { prefer: 'wait=30' }

test('POST /info is answered with the video: 200, the body of GET, and the preference that was applied', async () => {
  const gateway = await gatewayOf()
  await startWorker(rig)
  const reply = await gateway.post(INFO, { url: VIDEO }, WAIT)
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['preference-applied']).toBe('wait=30')
  expect(reply.headers).not.toHaveProperty('retry-after')
  expect(reply.json()).toMatchObject({ status: 'completed', video_info: videoInfo })
  const location = String(reply.headers.location)
  expect((await gateway.get(location)).json()).toEqual(reply.json())
})

test('POST /download is answered with the file, and a job that fails with 200 and its failure', async () => {
  const gateway = await gatewayOf()
  await startWorker(rig, {
    prepare: async ({ envelope }) => {
      if (envelope.url.includes('gone')) throw new JobFailure('video_unavailable')
    },
  })
  const done = await gateway.post(DOWNLOAD, { url: VIDEO }, WAIT)
  expect([done.statusCode, done.json().status]).toEqual([200, 'completed'])
  expect((await gateway.app.inject({ url: done.json().download_url })).statusCode).toBe(200)
  const failed = await gateway.post(DOWNLOAD, { url: `${VIDEO}/gone` }, WAIT)
  expect([failed.statusCode, failed.json().status, failed.json().code]).toEqual([200, 'failed', 'video_unavailable'])
})

test('GET of either waits too, on another gateway than the one that accepted, until a cancel as well', async () => {
  const [one, other] = [await gatewayOf(), await gatewayOf()]
  const { job_id: job } = (await one.post(INFO, { url: VIDEO })).json()
  const { download_id: download } = (await one.post(DOWNLOAD, { url: VIDEO })).json()
  const replies = [`/api/video-scraper/job/${job}`, `/api/video-scraper/status/${download}`].map((url) =>
    other.get(url, WAIT),
  )
  await eventually(async () => expect(await other.redis.pubsub('CHANNELS', '*changed:*')).toHaveLength(2))
  for (const id of [job, download]) await one.post(`/api/video-scraper/job/${id}/cancel`, {})
  for (const reply of await Promise.all(replies)) {
    expect([reply.statusCode, reply.json().status]).toEqual([200, 'cancelled'])
    expect(reply.headers['preference-applied']).toBe('wait=30')
  }
  const ended = await other.get(`/api/video-scraper/job/${job}`, WAIT)
  expect([ended.json().status, ended.headers['preference-applied']]).toEqual(['cancelled', 'wait=30'])
})

test('when the time is over the answer is the usual one', async () => {
  const gateway = await gatewayOf()
  const posted = await gateway.post(INFO, { url: VIDEO }, { prefer: 'wait=1' })
  expect([posted.statusCode, posted.json().status]).toEqual([202, 'processing'])
  expect(posted.headers).toMatchObject({ 'preference-applied': 'wait=1', 'retry-after': '1' })
  const asked = await gateway.get(String(posted.headers.location), { prefer: 'wait=1' })
  expect([asked.statusCode, asked.json().status]).toEqual([200, 'processing'])
})

test.each([
  ['nothing', ''],
  ['no number', 'wait=soon'],
  ['no value', 'wait'],
  ['zero', 'wait=0'],
  ['a negative number', 'wait=-5'],
  ['a fraction', 'wait=1.5'],
  ['another preference', 'respond-async, handling=lenient'],
  ['a malformed one before a good one: the first counts', 'wait=x, wait=30'],
  ['one within a quoted text', 'foo="wait=30, wait=30"'],
  ['an open quote', 'foo="a, wait=30'],
])('a preference that says %s is ignored', async (_what, prefer) => {
  const gateway = await gatewayOf()
  const reply = await gateway.post(INFO, { url: VIDEO }, { prefer })
  expect(reply.statusCode).toBe(202)
  expect(reply.headers).not.toHaveProperty('preference-applied')
})

test.each([
  ['among others', 'respond-async, wait=30, handling=lenient'],
  ['with parameters and spaces', ' Wait = "30" ; foo="a,b"'],
  ['twice: the first counts', 'wait=30, wait=1'],
])('a wait %s is honoured', async (_what, prefer) => {
  const gateway = await gatewayOf()
  await startWorker(rig)
  const reply = await gateway.post(INFO, { url: VIDEO }, { prefer })
  expect([reply.statusCode, reply.headers['preference-applied']]).toEqual([200, 'wait=30'])
})

test('too many that wait are answered at once, and a client that goes away gives its place back', async () => {
  const gateway = await gatewayOf({ heldPerClient: 1 })
  const origin = await gateway.origin()
  const { location } = (await gateway.post(INFO, { url: VIDEO })).headers
  const socket = await openSocket(origin)
  socket.write(`GET ${location} HTTP/1.1\r\nhost: localhost\r\nprefer: wait=60\r\n\r\n`)
  await eventually(async () => expect(await gateway.redis.pubsub('CHANNELS', '*changed:*')).toHaveLength(1))

  const refused = await gateway.get(String(location), WAIT)
  expect([refused.statusCode, refused.json().status]).toEqual([200, 'processing'])
  expect(refused.headers).not.toHaveProperty('preference-applied')

  socket.destroy()
  await eventually(async () => expect(await gateway.redis.pubsub('CHANNELS', '*changed:*')).toEqual([]))
  const honoured = await gateway.get(String(location), { prefer: 'wait=1' })
  expect(honoured.headers['preference-applied']).toBe('wait=1')
})

test('a closing gateway answers those that wait, at once and in the usual way', async () => {
  const gateway = await gatewayOf()
  const socket = await openSocket(await gateway.origin())
  const received = readToEnd(socket)
  const arrived = once(gateway.app.server, 'request')
  const body = JSON.stringify({ url: VIDEO })
  socket.write(
    `POST ${INFO} HTTP/1.1\r\nhost: localhost\r\nprefer: wait=60\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  await arrived
  await eventually(async () => expect(await gateway.redis.pubsub('CHANNELS', '*changed:*')).toHaveLength(1))
  await gateway.app.close()
  const { status, headers, body: answer } = parseReply(await received)
  expect([status, headers.connection]).toEqual([202, 'close'])
  expect(JSON.parse(answer).status).toBe('processing')
})
