/** The half of the video site that misbehaves on purpose. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { basename } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMedia, eventually, startVideoSite, type VideoSite } from '../src/index.ts'

let site: VideoSite
beforeAll(async () => {
  site = await startVideoSite()
})
afterAll(() => site.stop())

interface Seen {
  bytes: number
  length: string | undefined
  error: string | undefined
  complete: boolean
}

/** Reads a body to its end, good or bad. */
const readAll = (url: string): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const request: ClientRequest & { res?: IncomingMessage } = httpRequest(
      url,
      { agent: false },
      (response: IncomingMessage) => {
        const seen: Seen = { bytes: 0, length: response.headers['content-length'], error: undefined, complete: false }
        response.on('data', (piece: Buffer) => {
          seen.bytes += piece.length
        })
        response.on('error', (error: NodeJS.ErrnoException) => {
          seen.error = error.code
        })
        response.on('close', () => resolve({ ...seen, complete: response.complete }))
      },
    )
    // After the response has begun, an error of the connection is asked to both, and the response knows more.
    request.on('error', (error) => request.res ?? reject(error))
    request.end()
  })

test.each(['/truncated.mp4', '/reset.mp4'])('%s promises more than it sends, and breaks off', async (path) => {
  const seen = await readAll(site.url(path, { after: 250_000, bytes: 900_000 }))
  expect(seen).toEqual({ bytes: expect.any(Number), length: '900000', error: 'ECONNRESET', complete: false })
  // How much of it a client sees before a reset is the kernel's choice.
  expect(seen.bytes).toBeGreaterThan(path === '/reset.mp4' ? 0 : 249_999)
  expect(seen.bytes).toBeLessThanOrEqual(250_000)
})

test('/empty.mp4 has no byte and /not-a-video.mp4 is text', async () => {
  expect(await readAll(site.url('/empty.mp4'))).toMatchObject({ bytes: 0, length: '0', complete: true })
  const text = await fetch(site.url('/not-a-video.mp4'))
  expect(text.headers.get('content-type')).toBe('video/mp4')
  expect(await text.text()).toMatch(/^This is no video\./)
})

test.each([
  '/stall.mp4?after=20000',
  '/stall-page',
  '/endless.mp4',
  '/slow.mp4?rate=10000',
  '/big.mp4?bytes=9000000000',
  '/fragments/fragments-0.ts?delay=60000',
])('%s goes on until the client leaves, and then ends', async (path) => {
  const leave = new AbortController()
  const answer = fetch(site.url(path), { signal: leave.signal })
  answer.catch(() => undefined)
  const { pathname } = new URL(site.url(path))
  await eventually(() => expect(site.requests(pathname)).toMatchObject([{ state: 'open' }]))
  if (path.includes('.mp4')) await (await answer).body?.getReader().read()
  leave.abort()
  await eventually(() => expect(site.requests(pathname)).toMatchObject([{ state: 'cut' }]))
})

test('stop cuts what is still being sent', async () => {
  const other = await startVideoSite()
  const open = ['/stall.mp4', '/stall-page', '/endless.mp4', '/fragments/fragments-0.ts?delay=60000'].map((path) =>
    fetch(other.url(path)).then((answer) => answer.text()),
  )
  const ended = Promise.allSettled(open)
  await eventually(() => expect(other.requests()).toHaveLength(open.length))
  const started = Date.now()
  await other.stop()
  expect((await ended).map(({ status }) => status)).toEqual(open.map(() => 'rejected'))
  expect(Date.now() - started).toBeLessThan(2000)
})

test.each([403, 404, 410, 429, 500, 503])('status %i comes as a page and as media', async (status) => {
  for (const path of [`/status/${status}`, `/status/${status}.mp4`]) {
    const answer = await fetch(site.url(path))
    expect(answer.status).toBe(status)
    expect(answer.headers.get('retry-after')).toBe([429, 503].includes(status) ? '1' : null)
    expect(await answer.text()).toContain(String(status))
  }
})

test('a flaky source fails as often as the request says, for each key', async () => {
  const statuses = async (key: string): Promise<number[]> => {
    const answers: number[] = []
    for (let turn = 0; turn < 4; turn++) {
      const answer = await fetch(site.url('/flaky', { key, failures: 2, status: 500 }))
      await answer.arrayBuffer()
      answers.push(answer.status)
    }
    return answers
  }
  expect(await statuses('a')).toEqual([500, 500, 200, 200])
  expect(await statuses('b')).toEqual([500, 500, 200, 200])
})

test('redirects lead where the request says, or nowhere', async () => {
  const there = await fetch(site.url('/redirect', { to: 'http://127.0.0.1:9/x?y=1' }), { redirect: 'manual' })
  expect([there.status, there.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/x?y=1'])
  await expect(fetch(site.url('/redirect-loop'))).rejects.toThrow('fetch failed')
})

test.each(['/big.mp4?bytes=10', '/big.mp4?rate=fast', '/status/200', '/redirect', '/hostile/many-titles?which=none'])(
  'a mistyped test is refused: %s is 400',
  async (path) => {
    expect((await fetch(site.url(path))).status).toBe(400)
  },
)

test('an unknown address is 404, and only GET and HEAD are answered', async () => {
  expect((await fetch(site.url('/nowhere'))).status).toBe(404)
  const outside = basename(await createMedia().folder('video'))
  expect((await fetch(site.url(`/hls/..%2f${outside}%2fvideo.mp4`))).status).toBe(404)
  expect((await fetch(site.url('/hls/%E0%A4%A'))).status).toBe(404)
  expect((await fetch(site.url('/video.mp4'), { method: 'POST' })).status).toBe(405)
})

test('hostile manifests carry the target as it was given', async () => {
  const target = 'tcp://127.0.0.1:7777/x.m3u8'
  for (const path of ['sample-aes.m3u8', 'manifest-as-mp4.mp4', 'manifest.mpd']) {
    const answer = await fetch(site.url(`/hostile/${path}`, { target }))
    expect(await answer.text()).toContain(target)
    expect(answer.headers.get('content-type')).toBe(
      path.startsWith('sample') ? 'application/vnd.apple.mpegurl' : 'video/mp4',
    )
  }
})
