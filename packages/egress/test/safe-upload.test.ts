/** A PUT of our own: checked, streamed, and never longer than it may take. */
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { startObjectStore } from '@video-scraper/testkit'
import { BodyFailed, createSafeUpload, createTargetPolicy, type UploadRequest } from '../src/index.ts'
import { startHttp, startTcp, whenDone } from './servers.ts'

const uploadTo = (host: string, { stallMs = 5000, answerMs = 5000 } = {}) =>
  createSafeUpload({
    policy: createTargetPolicy({ allow: [host], resolve: async () => ['127.0.0.1'] }),
    stallMs,
    answerMs,
  })

const requester = { owner: 'owner', job: 'job' }
const MIB = 1024 * 1024

function* blocks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= MIB) yield Buffer.alloc(Math.min(left, MIB), 'x')
}

const request = (bytes: number, more: Partial<UploadRequest> = {}): UploadRequest => ({
  headers: { 'Content-Type': 'video/mp4' },
  sizeBytes: bytes,
  body: () => Readable.from(blocks(bytes)),
  signal: new AbortController().signal,
  requester,
  ...more,
})

async function openStore() {
  const store = await startObjectStore()
  whenDone(() => store.stop())
  return store
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

test('the body arrives whole, with its length, and the status comes back', async () => {
  const store = await openStore()
  let sent = 0
  const reply = await uploadTo(store.target).put(
    `${store.origin}/a%20b?sig=%2Fx`,
    request(5 * MIB + 1, { onSent: (bytes) => (sent += bytes) }),
  )
  expect(reply.status).toBe(200)
  expect(store.sent).toMatchObject([{ method: 'PUT', path: '/a%20b?sig=%2Fx', bytes: 5 * MIB + 1 }])
  expect(store.sent[0]?.headers).toMatchObject({ 'content-length': String(5 * MIB + 1), 'content-type': 'video/mp4' })
  expect(sent).toBe(5 * MIB + 1)
})

test('a store that knows nothing of 100-continue is sent the body all the same', async () => {
  let head = ''
  const port = await startTcp((socket) => {
    let seen = ''
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1')
      head = seen.split('\r\n\r\n')[0] ?? ''
      if (seen.endsWith('xxxx')) socket.end('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n')
    })
  })
  expect(await uploadTo(`127.0.0.1:${port}`).put(`http://127.0.0.1:${port}/`, request(4))).toMatchObject({
    status: 201,
  })
  expect(head).toContain('Expect: 100-continue')
})

test('a refusal before the body spares opening it, and a redirect is an answer', async () => {
  const store = await openStore()
  let opened = 0
  const body = () => {
    opened += 1
    return Readable.from(blocks(1))
  }
  store.answer({ status: 403, early: true }, { status: 307, early: true, headers: { Location: '/elsewhere' } })
  const put = () => uploadTo(store.target).put(`${store.origin}/`, request(1, { body }))
  expect([(await put()).status, (await put()).status, opened]).toEqual([403, 307, 0])
  expect(store.sent).toHaveLength(2)
})

test('where the policy refuses, nothing is connected to', async () => {
  let connections = 0
  const port = await startTcp(() => {
    connections += 1
  })
  const upload = uploadTo('nobody.example:1')
  for (const url of [
    `http://127.0.0.1:${port}/`,
    `http://name.example:${port}/`,
    'http://[::1]/',
    'file:///etc/passwd',
  ]) {
    expect(await failure(upload.put(url, request(1)))).toMatchObject({ code: 'blocked_target' })
    expect(await failure(upload.check(url, request(1)))).toMatchObject({ code: 'blocked_target' })
  }
  expect(connections).toBe(0)
})

test('silence has an end: within the body, and after it', async () => {
  const store = await openStore()
  store.answer('stall', 'hang')
  const large = uploadTo(store.target, { stallMs: 300 }).put(`${store.origin}/`, request(64 * MIB))
  expect(await failure(large)).toMatchObject({ code: 'timeout' })
  expect(store.sent[0]?.bytes).toBeLessThan(64 * MIB)
  const answerless = uploadTo(store.target, { answerMs: 300 }).put(`${store.origin}/`, request(1))
  expect(await failure(answerless)).toMatchObject({ code: 'timeout' })
})

test('no more is read of the body than the store takes', async () => {
  const store = await openStore()
  store.answer('stall')
  let read = 0
  const counted = function* () {
    for (const block of blocks(256 * MIB)) {
      read += block.length
      yield block
    }
  }
  const body = () => Readable.from(counted(), { objectMode: false, highWaterMark: MIB })
  await failure(uploadTo(store.target, { stallMs: 500 }).put(`${store.origin}/`, request(256 * MIB, { body })))
  // What the two buffers of the connection hold, and little more.
  expect(read).toBeLessThan(24 * MIB)
})

test('a connection that ends in the middle is a failure, and so is a good answer before the end of the body', async () => {
  const store = await openStore()
  store.answer('close')
  const put = () => uploadTo(store.target).put(`${store.origin}/`, request(64 * MIB))
  expect(await failure(put())).toMatchObject({ code: 'unreachable' })
  store.answer({ status: 200, early: true })
  expect(await failure(put())).toMatchObject({ code: 'bad_response' })
})

test('a body that fails, or has another size, is never taken for whole', async () => {
  const store = await openStore()
  const failing = function* () {
    yield Buffer.alloc(10)
    throw new Error('The disk is gone.')
  }
  const bodies = [() => Readable.from(failing()), () => Readable.from(blocks(10)), () => Readable.from(blocks(30))]
  for (const body of bodies) {
    const error = await failure(uploadTo(store.target).put(`${store.origin}/`, request(20, { body })))
    expect(error).toBeInstanceOf(BodyFailed)
  }
  await sleep(100)
  expect(store.sent.map(({ sha256 }) => sha256)).toEqual([null, null, null])
})

test('a store whose answer never ends is let go with its status, and one that sends heads without end is cut off', async () => {
  const port = await startHttp((request, response) => {
    request.resume().once('end', () => response.writeHead(200).write('x'.repeat(1000)))
  })
  expect(await uploadTo(`127.0.0.1:${port}`).put(`http://127.0.0.1:${port}/`, request(10))).toMatchObject({
    status: 200,
  })
  const chatty = await startTcp((socket) => {
    socket.once('data', () => {
      for (let sent = 0; sent < 50; sent++) socket.write('HTTP/1.1 102 Processing\r\n\r\n')
    })
  })
  const error = await failure(uploadTo(`127.0.0.1:${chatty}`).put(`http://127.0.0.1:${chatty}/`, request(10)))
  expect(error).toMatchObject({ code: 'bad_response' })
})

test('an abort ends it with its reason, and the body is closed', async () => {
  const store = await openStore()
  store.answer('stall')
  const stop = new AbortController()
  const body = Readable.from(blocks(64 * MIB))
  const put = uploadTo(store.target).put(
    `${store.origin}/`,
    request(64 * MIB, { body: () => body, signal: stop.signal, onSent: () => stop.abort(new Error('cancelled')) }),
  )
  expect(await failure(put)).toMatchObject({ message: 'cancelled' })
  await new Promise((resolve) => (body.closed ? resolve(null) : body.once('close', resolve)))
})
