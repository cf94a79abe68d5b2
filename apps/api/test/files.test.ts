/** Files over a real socket: what a browser, a player and a download tool get. */
import { readdir, readlink, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { openSocket, sendRaw } from './raw-http.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const CONTENT = Buffer.from('0123456789abcdef')
const ID = downloadId('a')

async function published(change: object = {}) {
  const gateway = await rig.standing()
  const entry = await publishFile(rig, { jobId: ID, content: CONTENT, ...change })
  const origin = await gateway.origin()
  const path = `/api/video-scraper/download/${entry.filename}`
  const fetchFile = async (headers: Record<string, string> = {}, method = 'GET') => {
    const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const reply = await sendRaw(origin, `${method} ${path} HTTP/1.1\r\n${head}\r\n`)
    gateway.check({ method, url: path, ...reply })
    return reply
  }
  return { entry, origin, path, fetchFile, gateway }
}

test('GET is the whole file, with everything a client wants to know about it', async () => {
  const { entry, fetchFile } = await published({ title: 'Äpfel & Birnen' })
  const { status, headers, body } = await fetchFile()
  expect([status, body]).toEqual([200, CONTENT.toString()])
  expect(headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '16',
    'accept-ranges': 'bytes',
    etag: `"${entry.sha256}"`,
    'cache-control': 'private',
    'content-disposition': `attachment; filename=${entry.filename}; filename*=UTF-8''%C3%84pfel%20%26%20Birnen%20%5B${/[0-9a-f]{8}(?=[0-9a-f]{24}\.)/.exec(entry.filename)}%5D.mp4`,
    'x-content-type-options': 'nosniff',
  })
  expect(Date.parse(headers['last-modified'] ?? '')).toBe(Math.floor(entry.createdAt / 1000) * 1000)
  expect(headers).not.toHaveProperty('transfer-encoding')
})

test('HEAD has the headers of GET, its Content-Length too, and no body', async () => {
  const { fetchFile } = await published()
  const [get, head] = [await fetchFile(), await fetchFile({}, 'HEAD')]
  const { date: _1, 'x-request-id': _2, ...expected } = get.headers
  expect(head.headers).toMatchObject(expected)
  expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '16', ''])
})

const ranges: [string, number, string, string][] = [
  ['bytes=0-3', 206, '0123', 'bytes 0-3/16'],
  ['bytes=10-', 206, 'abcdef', 'bytes 10-15/16'],
  ['bytes=-4', 206, 'cdef', 'bytes 12-15/16'],
  ['bytes=-400', 206, '0123456789abcdef', 'bytes 0-15/16'],
  ['bytes=12-400', 206, 'cdef', 'bytes 12-15/16'],
  ['bytes=0-0,5-5', 200, '0123456789abcdef', ''],
  ['lines=1-2', 200, '0123456789abcdef', ''],
  ['bytes=5-2', 200, '0123456789abcdef', ''],
]

test.each(ranges)('Range: %s is %i', async (range, status, body, contentRange) => {
  const { fetchFile } = await published()
  const reply = await fetchFile({ range })
  expect([reply.status, reply.body, reply.headers['content-range'] ?? '']).toEqual([status, body, contentRange])
  expect(reply.headers['content-length']).toBe(String(body.length))
})

test.each(['bytes=16-', 'bytes=400-500', 'bytes=-0'])('Range: %s is 416 with the size', async (range) => {
  const { fetchFile } = await published()
  const reply = await fetchFile({ range })
  expect([reply.status, reply.headers['content-range']]).toEqual([416, 'bytes */16'])
  expect(JSON.parse(reply.body)).toMatchObject({ code: 'range_not_satisfiable', status_code: 416 })
})

test('conditions: 304 for a current copy, 412 for a broken condition, If-Range for continuing', async () => {
  const { entry, fetchFile } = await published()
  const etag = `"${entry.sha256}"`
  const date = new Date(entry.createdAt).toUTCString()
  const before = new Date(entry.createdAt - 60_000).toUTCString()
  const statusOf = async (headers: Record<string, string>, method = 'GET') => (await fetchFile(headers, method)).status
  expect(await statusOf({ 'if-none-match': etag })).toBe(304)
  expect(await statusOf({ 'if-none-match': `W/${etag}, "x"` }, 'HEAD')).toBe(304)
  expect(await statusOf({ 'if-none-match': '"x"' })).toBe(200)
  expect(await statusOf({ 'if-modified-since': date })).toBe(304)
  expect(await statusOf({ 'if-modified-since': before })).toBe(200)
  expect(await statusOf({ 'if-unmodified-since': before })).toBe(412)
  expect(await statusOf({ 'if-match': etag })).toBe(200)
  expect(await statusOf({ range: 'bytes=0-1', 'if-range': etag })).toBe(206)
  expect(await statusOf({ range: 'bytes=0-1', 'if-range': '"x"' })).toBe(200)
  expect(await statusOf({ range: 'bytes=0-1', 'if-range': date })).toBe(206)

  const fresh = await fetchFile({ 'if-none-match': etag })
  expect([fresh.body, fresh.headers.etag, fresh.headers['content-length']]).toEqual(['', etag, undefined])
  const failed = await fetchFile({ 'if-match': '"x"' })
  expect([failed.status, failed.headers.etag]).toEqual([412, etag])
  expect(JSON.parse(failed.body)).toMatchObject({ code: 'precondition_failed' })
})

test('a file whose time is over is 404 file_expired, also when maintenance has taken it out of the index', async () => {
  const { entry, fetchFile } = await published({ expiresAt: Date.now() - 1 })
  expect(JSON.parse((await fetchFile()).body)).toMatchObject({ status_code: 404, code: 'file_expired' })
  const redis = await rig.workerConnection()
  const envelope = { version: 1, kind: 'download', owner: 'anonymous', limitSubject: 'x', url: entry.sourceUrl }
  const data = JSON.stringify({ ...envelope, formatId: null, requestId: 'request-1', retryOf: null })
  const returned = { finishedOn: Date.now(), returnvalue: JSON.stringify(entry), timestamp: Date.now() }
  await redis.hset(`{video-scraper}:download:${ID}`, { data, ...returned })
  await rig.files.forget(entry.filename, 'anonymous')
  expect(JSON.parse((await fetchFile()).body)).toMatchObject({ status_code: 404, code: 'file_expired' })
  const { gateway } = await published({ expiresAt: Date.now() - 1 })
  expect((await gateway.get(`/api/video-scraper/status/${ID}`)).json()).toMatchObject({
    status: 'completed',
    expired: true,
  })
  expect((await gateway.get('/api/video-scraper/downloads')).json()).toEqual([])
})

test('a file that is gone from the disk, or has another size than was published, is a 404', async () => {
  const { entry, fetchFile } = await published()
  const media = join(rig.libraryPath, entry.filename)
  await truncate(media, 3)
  expect((await fetchFile()).status).toBe(404)
  await rm(media)
  expect((await fetchFile()).status).toBe(404)
  expect((await fetchFile({}, 'HEAD')).status).toBe(404)
})

test('somebody else’s file is the same 404 as one that never was', async () => {
  const { fetchFile } = await published({ owner: 'somebody', jobId: downloadId('b') })
  const { request_id: _1, ...theirs } = JSON.parse((await fetchFile()).body)
  const gateway = await rig.standing()
  const never = await gateway.get(`/api/video-scraper/download/video-${'0'.repeat(32)}.mp4`)
  const { request_id: _2, ...same } = never.json()
  expect(same).toEqual(theirs)
})

/** Descriptors of this process that point into the library. */
async function openFiles(): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
  return (await Promise.all(links)).filter((target) => target.startsWith(rig.libraryPath))
}

test('no descriptor stays open: not after an answer, not when clients hang up in the middle', async () => {
  const { path, origin, fetchFile } = await published({ jobId: downloadId('c'), content: Buffer.alloc(16_000_000, 7) })
  for (const headers of [{}, { range: 'bytes=5-6' }, { range: 'bytes=99999999-' }, { 'if-match': '"x"' }]) {
    await fetchFile(headers)
    await fetchFile(headers, 'HEAD')
  }
  // Soon: later on, the garbage collector would close what was forgotten.
  await eventually(async () => expect(await openFiles()).toEqual([]), { timeoutMs: 3000 })

  const sockets = await Promise.all(Array.from({ length: 10 }, () => openSocket(origin)))
  for (const socket of sockets) socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  await eventually(async () => expect(await openFiles()).toHaveLength(10))
  for (const socket of sockets) socket.destroy()
  await eventually(async () => expect(await openFiles()).toEqual([]))
})
