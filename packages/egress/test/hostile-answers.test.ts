/** Answers made to cost the worker's thread: endless interim answers, lines without number, heads in single bytes. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { createSafeFetch, createTargetPolicy, startEgressProxy } from '../src/index.ts'
import { headReader } from '../src/response-head.ts'
import { ask, authorization, begin, gone, startHttp, startTcp, tunnel, whenDone } from './servers.ts'

const INTERIM = `HTTP/1.1 100 C\n${'a\n'.repeat(32_000)}\n`
const FINAL = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** Writes the same text for ever, as fast as it is taken. */
const flood = (text: string) => (socket: Socket) => {
  const bytes = Buffer.from(text.length > 10_000 ? text : text.repeat(Math.ceil(64_000 / text.length)))
  const more = () => {
    while (!socket.destroyed && socket.write(bytes)) {
      // The loop ends when the buffer is full.
    }
  }
  socket.on('drain', more)
  more()
}

async function proxyFor(...ports: number[]) {
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: ports.map((port) => `127.0.0.1:${port}`) }),
  })
  whenDone(() => proxy.close())
  return proxy
}

/** Processor time of this process while `work` runs, in milliseconds. */
async function costs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

test.each([
  ['interim answers of 32,000 lines', INTERIM],
  ['small interim answers', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['interim answers with a link', 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n'],
  ['lines that are no headers', 'x\n'],
  ['blanks', ' '],
])('%s without end are cut at once, by a proxy and by a request of our own', async (_what, text) => {
  const head = text.startsWith('HTTP') ? '' : 'HTTP/1.1 200 OK\r\n'
  const port = await startTcp((socket) => {
    socket.write(head)
    flood(text)(socket)
  })
  const proxy = await proxyFor(port)
  const reply = await ask(proxy.admit('job').proxyUrl, `http://127.0.0.1:${port}/`)
  expect([reply.status, reply.headers['x-egress']]).toEqual([502, 'bad_response'])
  const fetch = createSafeFetch({
    policy: createTargetPolicy({ allow: [`127.0.0.1:${port}`] }),
    timeoutMs: 10_000,
    maxBytes: 256,
  })
  const since = performance.now()
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'bad_response' })
  expect(performance.now() - since).toBeLessThan(2_000)
})

test.each([
  ['extensions of chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x'],
  ['trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X: y\r\n'],
])('a receiver cannot send %s without end', async (_what, beginning, text) => {
  const port = await startTcp((socket) => {
    socket.write(beginning)
    flood(text)(socket)
  })
  const policy = createTargetPolicy({ allow: [`127.0.0.1:${port}`] })
  const fetch = createSafeFetch({ policy, timeoutMs: 10_000, maxBytes: 256 })
  const since = performance.now()
  await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
  expect(performance.now() - since).toBeLessThan(2_000)
})

test('a receiver may send 20 interim answers, and no more', async () => {
  const port = await startTcp((socket) => socket.end(`${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(20)}${FINAL}`))
  const policy = createTargetPolicy({ allow: [`127.0.0.1:${port}`] })
  const fetch = createSafeFetch({ policy, timeoutMs: 5_000, maxBytes: 256 })
  expect(await fetch(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200 })
  const more = await startTcp((socket) => socket.end(`${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(21)}${FINAL}`))
  const other = createSafeFetch({
    policy: createTargetPolicy({ allow: [`127.0.0.1:${more}`] }),
    timeoutMs: 5_000,
    maxBytes: 256,
  })
  await expect(other(`http://127.0.0.1:${more}/`)).rejects.toMatchObject({ code: 'bad_response' })
})

test.each([
  ['20 interim answers', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(20), 200],
  ['21 interim answers', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(21), 502],
  // The final head has three lines: its status, its length, and the empty one.
  ['253 lines before', `HTTP/1.1 100 C\r\n${'X: y\r\n'.repeat(251)}\r\n`, 200],
  ['254 lines before', `HTTP/1.1 100 C\r\n${'X: y\r\n'.repeat(252)}\r\n`, 502],
  ['a header of 60,000 bytes', `HTTP/1.1 103 Early\r\nX: ${'y'.repeat(60_000)}\r\n\r\n`, 200],
  ['a header of 66,000 bytes', `HTTP/1.1 103 Early\r\nX: ${'y'.repeat(66_000)}\r\n\r\n`, 502],
])('%s: the head is bounded with its interim answers', async (_what, interim, status) => {
  const port = await startTcp((socket) => socket.end(interim + FINAL))
  const proxy = await proxyFor(port)
  expect((await ask(proxy.admit('job').proxyUrl, `http://127.0.0.1:${port}/`)).status).toBe(status)
})

test('a head costs the same per byte however it is cut, and whatever its lines are', async () => {
  const lines = `HTTP/1.1 200 OK\r\n${'no header\r\n'.repeat(250)}X: ${'y'.repeat(55_000)}\r\n`
  const bytes = Buffer.from(lines)
  const cut = (size: number) => async () => {
    const read = headReader('GET')
    for (let at = 0; at < bytes.length; at += size) expect(read(bytes.subarray(at, at + size))).toBe('incomplete')
  }
  const readAlone = (size: number) => {
    const read = headReader('GET')
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size))
  }
  await cut(1_000)()
  const ms = await costs(async () => {
    for (let round = 0; round < 10; round++) readAlone(1)
  })
  // 580,000 single bytes. Copying what is held at each of them took half a minute.
  expect(ms).toBeLessThan(3_000)
})

test('a head that never ends is given up after 15 s from its first byte', async () => {
  const port = await startTcp((socket) => {
    const timer = setInterval(() => socket.write('X: y\r\n'), 1_000)
    socket.once('close', () => clearInterval(timer))
    socket.write('HTTP/1.1 200 OK\r\n')
  })
  const proxy = await proxyFor(port)
  const since = performance.now()
  expect((await ask(proxy.admit('job').proxyUrl, `http://127.0.0.1:${port}/`)).status).toBe(504)
  expect(performance.now() - since).toBeLessThan(17_000)
}, 30_000)

test('two sources that send as fast as they can delay an honest one by no more than a moment', async () => {
  const honest = await startHttp((_request, response) => response.end('honest'))
  const interim = await startTcp(flood(INTERIM))
  const body = await startTcp((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    flood('x'.repeat(1_000))(socket)
  })
  const proxy = await proxyFor(honest, interim, body)
  const job = proxy.admit('honest')
  const url = `http://127.0.0.1:${honest}/`
  let going = true
  whenDone(() => {
    going = false
  })
  const hostile = proxy.admit('hostile')
  for (const port of [interim, interim]) {
    void (async () => {
      while (going) await ask(hostile.proxyUrl, `http://127.0.0.1:${port}/`).catch(() => undefined)
    })()
  }
  const received = await begin(hostile.proxyUrl, `http://127.0.0.1:${body}/`)
  received.resume()
  // Processor time, as a busy machine may pause all of this for longer.
  for (let round = 0; round < 10; round++) {
    const ms = await costs(async () => expect((await ask(job.proxyUrl, url)).body).toBe('honest'))
    expect(ms).toBeLessThan(1_000)
  }
  going = false
  hostile.revoke()
}, 60_000)

test('what an interim answer of 64 kB costs the worker stays below some milliseconds', async () => {
  const port = await startTcp(flood(INTERIM))
  const proxy = await proxyFor(port)
  const { proxyUrl } = proxy.admit('job')
  await ask(proxyUrl, `http://127.0.0.1:${port}/`)
  const ms = await costs(async () => {
    for (let round = 0; round < 20; round++) await ask(proxyUrl, `http://127.0.0.1:${port}/`)
  })
  // Both sides and the flood itself run in this process.
  expect(ms / 20).toBeLessThan(120)
})

test('the target hears its own name as Host, whatever the client wrote', async () => {
  const port = await startHttp((request, response) => response.end(JSON.stringify(request.rawHeaders)))
  const proxy = await proxyFor(port)
  const { proxyUrl } = proxy.admit('job')
  for (const headers of [{ Host: 'internal.example' }, { Host: 'a.example:1', Connection: 'host' }]) {
    const { body } = await ask(proxyUrl, `http://127.0.0.1:${port}/`, { headers })
    expect(JSON.parse(body).slice(0, 2)).toEqual(['Host', `127.0.0.1:${port}`])
    expect(body.match(/host/gi)).toHaveLength(1)
  }
  const client = connect(proxy.port, '127.0.0.1')
  whenDone(() => client.destroy())
  client.write(
    `GET http://127.0.0.1:${port}/ HTTP/1.0\r\nProxy-Authorization: ${authorization(proxyUrl)}\r\nHost: x\r\nHOST: y\r\n\r\n`,
  )
  let answer = ''
  for await (const bytes of client) answer += bytes
  // Two of them are no request at all to Node's parser, or one to be put right.
  expect(answer).toMatch(/^HTTP\/1\.1 400|"Host","127\.0\.0\.1:\d+"/)
  expect(answer).not.toMatch(/"x"|"y"/)
})

test('connections without credentials go after a second, and however many there are, jobs go on', async () => {
  const port = await startHttp((_request, response) => response.end('honest'))
  const proxy = await proxyFor(port)
  const { proxyUrl } = proxy.admit('job')
  const { socket: old } = await tunnel(proxyUrl, `127.0.0.1:${port}`)
  const state = { ended: 0 }
  const strangers: Socket[] = []
  whenDone(() => {
    for (const socket of strangers) socket.destroy()
  })
  const beginnings = ['', 'GET http://127.0.0.1/ HTTP/1.1\r\nHost: x\r\n', 'CONN']
  for (let count = 0; count < 2_200; count++) {
    const socket = connect(proxy.port, '127.0.0.1')
    strangers.push(socket.resume())
    socket.on('error', () => undefined)
    socket.once('close', () => {
      state.ended += 1
    })
    // More than the backlog holds would not arrive at all.
    if (count % 100 === 99) await once(socket, 'connect')
    socket.write(beginnings[count % 3] ?? '')
  }
  const since = performance.now()
  expect((await ask(proxyUrl, `http://127.0.0.1:${port}/`)).body).toBe('honest')
  expect(performance.now() - since).toBeLessThan(1_000)
  await eventually(() => state.ended === strangers.length, { timeoutMs: 10_000 })
  const ends = gone(old.resume())
  expect(old.destroyed).toBe(false)
  old.end()
  await ends
}, 60_000)
