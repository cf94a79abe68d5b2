/** Clients that are slow, silent or many are ended in time, and nobody else notices. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { openSocket, parseReply, readToEnd, sendRaw } from './raw-http.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const timeouts = { headersMs: 300, requestMs: 600 }
const STATUS = 'GET /api/status HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n'

test('200 slow connections do not keep others from being served, and all of them are ended', async () => {
  const gateway = await rig.gateway({ timeouts })
  const origin = await gateway.origin()
  const sockets = await Promise.all(Array.from({ length: 200 }, () => openSocket(origin)))
  const ends = sockets.map(readToEnd)
  for (const [at, socket] of sockets.entries()) if (at % 2 === 0) socket.write('GET /api/status HTTP/1.1\r\nhost: lo')
  expect((await sendRaw(origin, STATUS)).status).toBe(200)
  const replies = (await Promise.all(ends)).map(parseReply)
  // Who began a request is notified; a connection that never said a word is reported as well, or merely closed.
  for (const [at, { status, body }] of replies.entries()) {
    if (at % 2 === 0) expect([status, JSON.parse(body).code]).toEqual([408, 'request_timeout'])
    else expect([0, 408]).toContain(status)
  }
  expect((await sendRaw(origin, STATUS)).status).toBe(200)
})

test('a body that never comes to its end is a 408', async () => {
  const origin = await (await rig.gateway({ timeouts })).origin()
  const head = 'POST /api/video-scraper/info HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
  const { status, body } = await sendRaw(origin, `${head}content-length: 100\r\n\r\n{`)
  expect(status).toBe(408)
  expect(JSON.parse(body)).toMatchObject({ status_code: 408, code: 'request_timeout' })
})

test('a client that stops reading its file is let go', async () => {
  const gateway = await rig.gateway({ timeouts: { silenceMs: 500 } })
  const { filename } = await publishFile(rig, { jobId: downloadId('9'), content: Buffer.alloc(32_000_000) })
  const socket = await openSocket(await gateway.origin())
  const gone = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(`GET /api/video-scraper/download/${filename} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  const open = () => new Promise<number>((resolve) => gateway.app.server.getConnections((_, count) => resolve(count)))
  await eventually(async () => (await open()) === 1)
  await eventually(async () => (await open()) === 0)
  socket.resume()
  await gone
})

test('a client that hangs up in the middle of its request does no harm', async () => {
  const gateway = await rig.gateway({ timeouts })
  const origin = await gateway.origin()
  const parts = [
    '',
    'G',
    'GET /api/status HTTP/1.1\r\n',
    'POST /api/video-scraper/info HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{',
  ]
  for (const part of parts) {
    const socket = await openSocket(origin)
    socket.write(part)
    socket.destroy()
  }
  expect((await sendRaw(origin, STATUS)).status).toBe(200)
  expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([])
})

test('without other settings the gateway waits 10 s for headers, 30 s for a request, and serves 2000 at once', async () => {
  const { app } = await rig.gateway()
  const { headersTimeout, requestTimeout, timeout, maxConnections } = app.server
  expect({ headersTimeout, requestTimeout, timeout, maxConnections }).toEqual({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    timeout: 120_000,
    maxConnections: 2000,
  })
})
