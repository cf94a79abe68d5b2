/** What is compressed, for whom, and what never is. */
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { beforeEach, expect, test } from '@jest/globals'
import { keepPlatformsPublished } from '@video-scraper/store'
import { type Gateway, useApi } from './api-rig.ts'
import { sendRaw } from './raw-http.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const PLATFORMS = '/api/video-scraper/platforms'
/** Long enough to be compressed within the thread, and one outside of it. */
const SHORT = 40
const LONG = 4000

let gateway: Gateway
beforeEach(async () => {
  gateway = await rig.standing()
})

async function publishPlatforms(count: number): Promise<void> {
  const platforms = Array.from({ length: count }, (_, at) => ({
    name: `Site ${at}`,
    domain: `site-${at}.example`,
    support_level: 'full',
  }))
  const redis = await rig.workerConnection()
  keepPlatformsPublished(redis, { ytdlpVersion: '1', platforms }).stop()
  await redis.ping()
}

const inject = (url: string, encoding: string | undefined, method: 'GET' | 'HEAD' = 'GET') =>
  gateway.app.inject({ method, url, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } })

const unpack: Record<string, (bytes: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync }

test.each([SHORT, LONG])(
  'JSON of %i platforms is compressed as the client asks, and is the same list',
  async (count) => {
    await publishPlatforms(count)
    const plain = await inject(PLATFORMS, undefined)
    expect(plain.json()).toHaveLength(count)
    for (const [asked, encoding] of [
      ['gzip', 'gzip'],
      ['br', 'br'],
      ['gzip, deflate, br', 'br'],
      ['br;q=0.5, gzip;q=0.9', 'gzip'],
      ['*', 'gzip'],
    ] as const) {
      const reply = await inject(PLATFORMS, asked)
      expect([asked, reply.statusCode, reply.headers['content-encoding']]).toEqual([asked, 200, encoding])
      expect(reply.headers).toMatchObject({ vary: 'accept-encoding', etag: plain.headers.etag })
      expect(unpack[encoding]?.(reply.rawPayload).toString()).toBe(plain.body)
      expect(reply.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
      const length = reply.headers['content-length']
      if (length !== undefined) expect(Number(length)).toBe(reply.rawPayload.length)
    }
  },
)

test('who does not ask for it gets plain JSON with its length, and caches are notified that there are other forms', async () => {
  await publishPlatforms(LONG)
  for (const asked of [undefined, '', 'identity', 'deflate', 'zstd', 'gzip;q=0', 'gzip;q=0, br;q=0', 'x']) {
    const reply = await inject(PLATFORMS, asked)
    expect([asked, reply.statusCode, reply.headers['content-encoding']]).toEqual([asked, 200, undefined])
    expect(reply.headers).toMatchObject({ vary: 'accept-encoding', 'content-length': String(reply.rawPayload.length) })
  }
})

test('below 1 kB nothing is compressed', async () => {
  for (const url of ['/api/status', PLATFORMS, '/api/video-scraper/jobs', '/health/live', '/api/video-scraper/job/x']) {
    const reply = await inject(url, 'gzip, br')
    expect([url, reply.headers['content-encoding']]).toEqual([url, undefined])
    expect(reply.headers['content-length']).toBe(String(reply.rawPayload.length))
  }
})

test('HEAD names the length of GET or none, and sends nothing', async () => {
  await publishPlatforms(SHORT)
  for (const asked of [undefined, 'gzip', 'br']) {
    const [head, get] = [await inject(PLATFORMS, asked, 'HEAD'), await inject(PLATFORMS, asked)]
    expect([head.statusCode, head.body]).toEqual([200, ''])
    for (const name of ['content-type', 'vary', 'etag', 'cache-control']) {
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]])
    }
    expect(head.headers['content-length']).toBe(asked === undefined ? get.headers['content-length'] : undefined)
  }
})

test('a file is never compressed, whatever its type and whatever is asked for', async () => {
  const content = Buffer.alloc(64 * 1024, 'a')
  const origin = await gateway.origin()
  for (const [letter, mediaType] of [
    ['a', 'video/mp4'],
    ['b', 'application/json'],
  ] as const) {
    const { filename } = await publishFile(rig, { jobId: downloadId(letter), content, mediaType } as never)
    const head = 'Host: localhost\r\nConnection: close\r\nAccept-Encoding: gzip, br\r\n\r\n'
    const reply = await sendRaw(origin, `GET /api/video-scraper/download/${filename} HTTP/1.1\r\n${head}`)
    expect([reply.status, reply.headers['content-encoding'], reply.headers.vary]).toEqual([200, undefined, undefined])
    expect([reply.headers['content-length'], reply.body.length]).toEqual([String(content.length), content.length])
  }
})

test('an event stream is never compressed: each event arrives when it is sent', async () => {
  const url = 'https://example.com/video'
  const { job_id } = (await gateway.post('/api/video-scraper/info', { url })).json()
  const path = `${await gateway.origin()}/api/video-scraper/job/${job_id}/events`
  const stop = new AbortController()
  const reply = await fetch(path, { headers: { 'accept-encoding': 'gzip, br' }, signal: stop.signal })
  expect(reply.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect([reply.headers.get('content-encoding'), reply.headers.get('vary')]).toEqual([null, null])
  const first = await reply.body?.getReader().read()
  expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^retry: /)
  stop.abort()
})

test('no route but those that answer JSON is compressed', async () => {
  for (const url of ['/docs', '/docs/errors', '/docs/static/index.css']) {
    const reply = await inject(url, 'gzip, br')
    expect([url, reply.statusCode, reply.headers['content-encoding']]).toEqual([url, 200, undefined])
  }
})

test('the body of a request is not decompressed: what says that it is compressed is no JSON', async () => {
  const reply = await gateway.ask({
    method: 'POST',
    url: '/api/video-scraper/info',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    payload: gzipSync(JSON.stringify({ url: 'https://example.com/video' })),
  })
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
})
