/** DELETE of a file: gone for everybody at once, whoever reads it reads on, and a crash in between changes nothing. */
import { readdir } from 'node:fs/promises'
import { expect, jest, test } from '@jest/globals'
import { createDeliveryLog } from '@video-scraper/store'
import { type Gateway, useApi } from './api-rig.ts'
import { openSocket } from './raw-http.ts'
import { downloadId, publishFile, startWorker } from './trivial-worker.ts'

jest.setTimeout(60_000)
const rig = useApi()
const DOWNLOADS = '/api/video-scraper/downloads'
const pathOf = (filename: string) => `/api/video-scraper/download/${filename}`
const remove = ({ ask }: Gateway, filename: string) => ask({ method: 'DELETE', url: pathOf(filename) })

/** A completed download, as its worker leaves it: the file, its place in the index, and the record of its job. */
async function downloaded(gateway: Gateway) {
  const id = downloadId('d')
  const entry = await publishFile(rig, { jobId: id })
  const envelope = { version: 1, kind: 'download', owner: 'anonymous', limitSubject: 'x', url: entry.sourceUrl }
  const data = JSON.stringify({ ...envelope, formatId: null, requestId: 'request-1', retryOf: null })
  const times = { timestamp: Date.now(), finishedOn: Date.now() }
  const redis = await rig.workerConnection()
  await redis.hset(`{video-scraper}:download:${id}`, { data, ...times, returnvalue: JSON.stringify(entry) })
  return (await gateway.get(`/api/video-scraper/status/${id}`)).json()
}

async function expectGone(gateway: Gateway, { filename, download_id: id }: { filename: string; download_id: string }) {
  for (const method of ['GET', 'DELETE'] as const) {
    const reply = await gateway.ask({ method, url: pathOf(filename) })
    expect(reply.json()).toMatchObject({ status_code: 404, code: 'file_expired' })
  }
  expect((await gateway.get(`/api/video-scraper/status/${id}`)).json()).toMatchObject({
    status: 'completed',
    filename,
    expired: true,
  })
  expect((await gateway.get(DOWNLOADS)).json()).toEqual([])
}

test('a removed file is gone from disk, index and list; its download stays completed and says expired', async () => {
  const gateway = await rig.standing()
  const status = await downloaded(gateway)
  expect(status.expired).toBe(false)
  const other = await publishFile(rig, { jobId: downloadId('e'), owner: 'somebody' })

  const reply = await remove(gateway, status.filename)
  expect([reply.statusCode, reply.body]).toEqual([204, ''])
  await expectGone(gateway, status)
  expect((await readdir(rig.libraryPath)).filter((name) => name.startsWith(status.filename))).toEqual([])
  expect(await rig.files.find(status.filename)).toBeNull()
  expect(await rig.files.expired(Number.MAX_SAFE_INTEGER, 10)).toEqual([other.filename])
  expect(gateway.log).toContainEqual(expect.objectContaining({ msg: 'file removed', filename: status.filename }))
})

test('somebody else’s file cannot be removed, and is the same 404 as one that never was', async () => {
  const gateway = await rig.standing()
  const { filename } = await publishFile(rig, { jobId: downloadId('a'), owner: 'somebody' })
  const refusal = (await remove(gateway, filename)).json()
  for (const name of [`video-${'0'.repeat(32)}.mp4`, '..%2fsecret', `${filename}.json`]) {
    const reply = await remove(gateway, name)
    expect([reply.statusCode, reply.json()]).toEqual([404, { ...refusal, request_id: expect.any(String) }])
  }
  expect(await rig.files.find(filename)).not.toBeNull()
  expect(await readdir(rig.libraryPath)).toContain(filename)
})

test('whatever body comes along is ignored', async () => {
  const gateway = await rig.standing()
  const { filename } = await publishFile(rig, { jobId: downloadId('a') })
  const reply = await gateway.ask({
    method: 'DELETE',
    url: pathOf(filename),
    payload: 'not json',
    headers: { 'content-type': 'application/json' },
  })
  expect(reply.statusCode).toBe(204)
})

test('whoever is fetching the file gets it to the last byte', async () => {
  const gateway = await rig.standing()
  const content = Buffer.alloc(16_000_000, 'x')
  const { filename } = await publishFile(rig, { jobId: downloadId('a'), content })
  const socket = await openSocket(await gateway.origin())
  socket.write(`GET ${pathOf(filename)} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
  await new Promise((resolve) => socket.once('readable', resolve))
  expect((await remove(gateway, filename)).statusCode).toBe(204)
  expect(await readdir(rig.libraryPath)).not.toContain(filename)
  let bytes = 0
  for await (const part of socket) bytes += (part as Buffer).length
  expect(bytes).toBeGreaterThan(content.length)
})

test('as soon as it is decided the file is gone, however far the removal came', async () => {
  const gateway = await rig.standing()
  const status = await downloaded(gateway)
  const { filename } = status
  await rig.files.expire(filename, Date.now())
  await expectGone(gateway, status)
  await rig.library.remove(filename)
  await expectGone(gateway, status)
  await rig.files.forget(filename, 'anonymous')
  await expectGone(gateway, status)
})

test('a repeated POST that waits says expired, as GET does', async () => {
  const gateway = await rig.gateway({ redisTimeoutMs: 10_000 })
  await startWorker(rig)
  const headers = { prefer: 'wait=30', 'idempotency-key': 'once' }
  const post = () => gateway.post('/api/video-scraper/download', { url: 'https://example.com/video' }, headers)
  const first = (await post()).json()
  expect(first).toMatchObject({ status: 'completed', expired: false })
  expect((await remove(gateway, first.filename)).statusCode).toBe(204)
  const again = await post()
  expect(again.headers['idempotency-replayed']).toBe('true')
  const files = first.files.map((file: object) => ({ ...file, expired: true }))
  expect(again.json()).toEqual({ ...first, expired: true, files })
})

test('a webhook that is replayed after the removal says expired, as GET does', async () => {
  const gateway = await rig.standing()
  const { download_id: id, filename } = await downloaded(gateway)
  const callback = { callback_url: 'https://example.com/hook', events: ['download_complete'] }
  const { webhook_id: webhookId } = (await gateway.post('/api/video-scraper/webhooks/register', callback)).json()
  const redis = await rig.workerConnection()
  await createDeliveryLog(redis).begin({
    id: 'msg_sent',
    webhookId,
    event: 'download_complete',
    subjectId: id,
    target: { webhookId },
    status: 'delivered',
    createdAt: Date.now(),
    attempts: 1,
    round: 0,
    failedInARow: 0,
    nextAttemptAt: null,
    lastAttempts: [],
  })
  await remove(gateway, filename)
  const replay = `/api/video-scraper/webhooks/${webhookId}/deliveries/msg_sent/replay`
  expect((await gateway.post(replay, {})).statusCode).toBe(202)
  const queued = JSON.parse(String(await redis.hget('{video-scraper}:delivery:msg_sent-1', 'data')))
  expect(JSON.parse(queued.text).data).toEqual((await gateway.get(`/api/video-scraper/status/${id}`)).json())
})

test('a disk that refuses is housekeeping’s business: the file is gone for clients, and the log says what is left', async () => {
  const broken = { ...rig.library, remove: () => Promise.reject(new Error('EIO')) }
  const gateway = await rig.gateway({ library: broken })
  const { filename } = await publishFile(rig, { jobId: downloadId('a') })
  expect((await remove(gateway, filename)).statusCode).toBe(204)
  expect((await gateway.get(pathOf(filename))).statusCode).toBe(404)
  expect(await rig.files.expired(Date.now(), 10)).toEqual([filename])
  expect(gateway.log).toContainEqual(expect.objectContaining({ level: 'warn', filename }))
})

test('many who remove the same file at once all hear 204 or 404, and it is gone', async () => {
  const gateway = await rig.standing()
  const { filename } = await publishFile(rig, { jobId: downloadId('a') })
  const replies = await Promise.all(Array.from({ length: 10 }, () => remove(gateway, filename)))
  const statuses = replies.map(({ statusCode }) => statusCode)
  expect(statuses).toContain(204)
  expect(statuses.filter((status) => status !== 204 && status !== 404)).toEqual([])
  const redis = await rig.workerConnection()
  expect((await redis.keys('*')).filter((key) => key.includes('file'))).toEqual([])
})
