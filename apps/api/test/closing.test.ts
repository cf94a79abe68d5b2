/** Closing: what is under way is answered, nothing else holds the gateway up. */
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { listenOn } from '../src/http/listen.ts'
import { useApi } from './api-rig.ts'
import { openSocket, parseReply, readToEnd } from './raw-http.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi({ timeouts: 'production' })
const STATUS = 'GET /api/status HTTP/1.1\r\nhost: localhost\r\n\r\n'

async function closed(app: { close(): PromiseLike<unknown> }): Promise<number> {
  const started = Date.now()
  await app.close()
  return Date.now() - started
}

test('connections that are kept alive, never spoken on, or half-way into their headers do not hold it', async () => {
  const { app, origin } = await rig.gateway()
  const sockets = await Promise.all([0, 1, 2].map(async () => openSocket(await origin())))
  const [used, , half] = sockets
  const ends = sockets.map(readToEnd)
  used?.write(STATUS)
  half?.write('GET /api/status HTTP/1.1\r\nhost: lo')
  await eventually(() => (used?.bytesRead ?? 0) > 0)
  expect(await closed(app)).toBeLessThan(5000)
  await Promise.all(ends)
})

test('a request in flight is answered, with Connection: close', async () => {
  const gateway = await rig.gateway()
  const socket = await openSocket(await gateway.origin())
  const received = readToEnd(socket)
  rig.server.freeze()
  const arrived = once(gateway.app.server, 'request')
  socket.write('GET /api/video-scraper/jobs HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await arrived
  const closing = closed(gateway.app)
  rig.server.thaw()
  expect(await closing).toBeLessThan(5000)
  const { status, headers, body } = parseReply(await received)
  expect([status, headers.connection, JSON.parse(body)]).toEqual([200, 'close', { jobs: [], next_cursor: null }])
})

test('a file under way is sent to its end', async () => {
  const gateway = await rig.gateway()
  const content = Buffer.alloc(4_000_000, 'v')
  const { filename } = await publishFile(rig, { jobId: downloadId('1'), content })
  const origin = await gateway.origin()
  const received = new Promise<number>((resolve, reject) => {
    const asked = request(`${origin}/api/video-scraper/download/${filename}`, (reply) => {
      let size = 0
      const closing = gateway.app.close()
      reply.on('data', (part: Buffer) => {
        size += part.length
      })
      reply.on('end', () => void closing.then(() => resolve(size)))
      reply.on('error', reject)
    })
    asked.on('error', reject)
    asked.end()
  })
  expect(await received).toBe(content.length)
})

test('a file that nobody reads is cut off when its time is over', async () => {
  const gateway = await rig.gateway({ timeouts: { closingMs: 300 } })
  const { filename } = await publishFile(rig, { jobId: downloadId('2'), content: Buffer.alloc(32_000_000) })
  const socket = await openSocket(await gateway.origin())
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(`GET /api/video-scraper/download/${filename} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  await once(gateway.app.server, 'request')
  expect(await closed(gateway.app)).toBeLessThan(5000)
  socket.destroy()
})

test('a closing gateway takes no new connection', async () => {
  const gateway = await rig.gateway()
  const { port } = new URL(await gateway.origin())
  await gateway.app.close()
  const socket = connect({ host: '127.0.0.1', port: Number(port) })
  const refused = await new Promise((resolve) => socket.once('error', ({ message }) => resolve(message)))
  expect(refused).toMatch(/ECONNREFUSED/)
})

test('localhost is loopback in both families, and closing ends both', async () => {
  const { app } = await rig.gateway()
  const listening = await listenOn(app, 'localhost', 0)
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const statusAt = (host: string) =>
    new Promise<number>((resolve, reject) => {
      const socket = connect({ host, port }, () => socket.write('hello\r\n\r\n'))
      socket.once('error', reject)
      void readToEnd(socket).then((text) => resolve(parseReply(text).status))
    })
  expect(await statusAt('127.0.0.1')).toBe(400)
  expect(await statusAt('::1')).toBe(400)
  const idle = connect({ host: '::1', port })
  idle.on('error', () => undefined)
  await new Promise((resolve) => idle.once('connect', resolve))
  listening.close()
  expect(await closed(app)).toBeLessThan(5000)
  await expect(statusAt('::1')).rejects.toThrow(/ECONNREFUSED/)
})
