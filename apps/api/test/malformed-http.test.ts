/** What is no HTTP, or not quite, is answered in the form of every other error, over a real socket. */
import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'
import { openSocket, parseReply, type RawReply, readToEnd, sendRaw } from './raw-http.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const CLOSE = 'host: localhost\r\nconnection: close\r\n'

function expectRefusal({ status, headers, body }: RawReply, expected: number, code: string): void {
  expect(status).toBe(expected)
  expect(JSON.parse(body)).toMatchObject({
    error: expect.any(String),
    status_code: expected,
    code,
    retryable: expect.any(Boolean),
  })
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(body.length),
    'x-content-type-options': 'nosniff',
  })
}

const malformed: [string, string][] = [
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ['an unknown method', `GRAB /api/status HTTP/1.1\r\n${CLOSE}\r\n`],
  ['an unknown version', `GET /api/status HTTP/7.1\r\n${CLOSE}\r\n`],
  ['a broken header', `GET /api/status HTTP/1.1\r\n${CLOSE}no colon here\r\n\r\n`],
  ['a NUL in the path', `GET /api/sta\0tus HTTP/1.1\r\n${CLOSE}\r\n`],
  ['a NUL in a header', `GET /api/status HTTP/1.1\r\n${CLOSE}x: a\0b\r\n\r\n`],
  ['two lengths', `POST /api/video-scraper/info HTTP/1.1\r\n${CLOSE}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
  [
    'a length and chunks',
    `POST /api/video-scraper/info HTTP/1.1\r\n${CLOSE}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a length that is none', `POST /api/video-scraper/info HTTP/1.1\r\n${CLOSE}content-length: x\r\n\r\n`],
  ['no Host', 'GET /api/status HTTP/1.1\r\nconnection: close\r\n\r\n'],
]

test.each(malformed)('%s is a 400', async (_what, bytes) => {
  const gateway = await rig.standing()
  expectRefusal(await sendRaw(await gateway.origin(), Buffer.from(bytes, 'latin1')), 400, 'invalid_request')
})

test('headers beyond 16 KB are a 431, in one header, in many, and in the path', async () => {
  const origin = await (await rig.standing()).origin()
  const many = Array.from({ length: 800 }, (_, at) => `x-${at}: ${'y'.repeat(30)}\r\n`).join('')
  for (const request of [
    `GET /api/status HTTP/1.1\r\n${CLOSE}x: ${'y'.repeat(20_000)}\r\n\r\n`,
    `GET /api/status HTTP/1.1\r\n${CLOSE}${many}\r\n`,
    `GET /${'y'.repeat(20_000)} HTTP/1.1\r\n${CLOSE}\r\n`,
  ]) {
    expectRefusal(await sendRaw(origin, request), 431, 'headers_too_large')
  }
})

test('HTTP/1.0 without Host, an unknown expectation and an upgrade are served as any other request', async () => {
  const origin = await (await rig.standing()).origin()
  for (const request of [
    'GET /api/status HTTP/1.0\r\n\r\n',
    `GET /api/status HTTP/1.1\r\n${CLOSE}expect: miracles\r\n\r\n`,
    `GET /api/status HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n`,
  ]) {
    expect((await sendRaw(origin, request)).status).toBe(200)
  }
})

test('a body that announces 600 KB is refused before it is sent, chunked or not', async () => {
  const origin = await (await rig.standing()).origin()
  const head = `POST /api/video-scraper/info HTTP/1.1\r\n${CLOSE}content-type: application/json\r\n`
  const announced = await sendRaw(origin, `${head}content-length: 600000\r\n\r\n{`)
  expect(JSON.parse(announced.body)).toMatchObject({ status_code: 413, code: 'payload_too_large' })
  const chunk = `2000\r\n${'x'.repeat(0x2000)}\r\n`
  const chunked = await sendRaw(origin, `${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(80)}`)
  expect(chunked.status).toBe(413)
})

test('garbage after a request never lands inside of its answer', async () => {
  const gateway = await rig.standing()
  const content = Buffer.alloc(8_000_000, 'v')
  const { filename } = await publishFile(rig, { jobId: downloadId('d'), content })
  const socket = await openSocket(await gateway.origin())
  const received = readToEnd(socket)
  socket.write(`GET /api/video-scraper/download/${filename} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  await once(socket, 'data')
  socket.write('\0garbage\r\n\r\n')
  const { body } = parseReply(await received)
  expect(body.replaceAll('v', '')).toBe('')
})
