/** Files as RFC 9110 wants them, asked of the gateway itself, and of a real nginx in front of it. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { startNginx } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { FILE, type Row, rows } from './conformance-table.ts'
import { openSocket, type RawReply, sendRaw } from './raw-http.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

jest.setTimeout(60_000)
const rig = useApi()
const MODIFIED = Date.UTC(2026, 10, 23, 12, 34, 56)
const dateAt = (offsetMs: number) => new Date(MODIFIED + offsetMs).toUTCString()
const ETAG = `"${createHash('sha256').update(FILE).digest('hex')}"`
const DIGEST = `sha-256=:${createHash('sha256').update(FILE).digest('base64')}:`

/** As the README says it for whoever runs one. */
const proxyTo = (origin: string) => `
  location /api/video-scraper {
    proxy_pass ${origin};
    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_buffering off;
  }`

const fronts = {
  'the gateway itself': async (origin: string) => origin,
  'nginx in front of it': async (origin: string) => {
    const nginx = await startNginx(proxyTo(origin))
    rig.afterwards(() => nginx.stop())
    return nginx.origin
  },
}

function expectDescribed({ headers }: RawReply) {
  expect(headers).toMatchObject({
    'accept-ranges': 'bytes',
    'last-modified': dateAt(0),
    'content-type': 'video/mp4',
    'repr-digest': DIGEST,
  })
}

/** What an answer with each status holds. */
const expectations = {
  200: (reply: RawReply) => {
    expectDescribed(reply)
    expect([reply.body, reply.headers['content-length']]).toEqual([FILE, '16'])
  },
  206: (reply: RawReply, { range = '' }: Row) => {
    expectDescribed(reply)
    const [first = 0, last = 0] = range.split('-').map(Number)
    expect(reply.headers['content-range']).toBe(`bytes ${first}-${last}/16`)
    expect([reply.body, reply.headers['content-length']]).toEqual([
      FILE.slice(first, last + 1),
      String(last - first + 1),
    ])
  },
  304: ({ headers, body }: RawReply) => expect([body, headers['content-length']]).toEqual(['', undefined]),
  412: ({ body }: RawReply) => expect(JSON.parse(body)).toMatchObject({ code: 'precondition_failed' }),
  416: ({ headers, body }: RawReply) => {
    expect(headers['content-range']).toBe('bytes */16')
    expect(JSON.parse(body)).toMatchObject({ code: 'range_not_satisfiable' })
  },
}

describe.each(Object.entries(fronts))('%s', (name, frontOf) => {
  let front: string
  let file: FileEntry
  beforeEach(async () => {
    const gateway = await rig.standing()
    file = await publishFile(rig, { jobId: downloadId('a'), content: Buffer.from(FILE), createdAt: MODIFIED })
    front = await frontOf(await gateway.origin())
  })

  const headersOf = ({ headers }: Row) =>
    Object.entries(headers).map(([name, value]) => {
      const words: Record<string, string> = { AT: dateAt(0), BEFORE: dateAt(-1000), AFTER: dateAt(1000) }
      return `${name}: ${words[value] ?? value.replace('ETAG', ETAG)}\r\n`
    })

  async function ask(method: string, row: Row) {
    const path = `/api/video-scraper/download/${file.filename}`
    const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${headersOf(row).join('')}\r\n`
    const reply = await sendRaw(front, head)
    const gateway = await rig.standing()
    gateway.check({ method, url: path, ...reply })
    return reply
  }

  test.each(rows.map((row) => [row.section, row.rule, row] as const))(
    'RFC 9110, %s: %s',
    async (_section, _rule, row) => {
      const reply = await ask('GET', row)
      expect(reply.status).toBe(row.status)
      expect(reply.headers.etag).toBe(ETAG)
      expect(reply.headers.server ?? 'none').toMatch(name.startsWith('nginx') ? /^nginx/ : /^none$/)
      if (row.status !== 206 && row.status !== 416) expect(reply.headers).not.toHaveProperty('content-range')
      expectations[row.status](reply, row)

      // Section 9.3.2: what GET would say, without content. Section 14.2: Range is for GET only.
      const only = await ask('HEAD', row)
      expect([only.status, only.body]).toEqual([row.head ?? row.status, ''])
      if (only.status === 200) expect(only.headers).toMatchObject({ 'content-length': '16', etag: ETAG })
    },
  )

  test('several requests on one connection are answered apart, parts and 304 among them', async () => {
    const socket = await openSocket(front)
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk
    })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const get = (more: string) => `GET /api/video-scraper/download/${file.filename} HTTP/1.1\r\nhost: x\r\n${more}\r\n`
    const asked = ['range: bytes=0-3\r\n', `if-none-match: ${ETAG}\r\n`, 'range: bytes=99-\r\n', 'range: bytes=-4\r\n']
    socket.write([...asked.map(get), get('connection: close\r\n')].join(''))
    await closed
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toEqual([206, 304, 416, 206, 200].map((status) => `HTTP/1.1 ${status}`))
    expect(text.endsWith(FILE)).toBe(true)
  })
})
