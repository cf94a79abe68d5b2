/** What a page names beside addresses: other schemes, other proxies, and data for yt-dlp's own extractors. */
import { createServer } from 'node:http'
import { deflateSync, inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { startListener } from '@video-scraper/testkit'
import type { EngineOptions } from '../src/index.ts'
import { type Stage, startStage } from './stage.ts'

jest.setTimeout(120_000)

const pages = new Map<string, string>()
const redirects = new Map<string, string>()
const asked: { url: string; smuggled: boolean }[] = []
const server = createServer((request, response) => {
  asked.push({ url: request.url ?? '', smuggled: JSON.stringify(request.rawHeaders).includes('X-Smuggled') })
  const to = redirects.get(request.url ?? '')
  if (to !== undefined) return response.writeHead(302, { Location: to }).end()
  response.setHeader('Content-Type', 'text/html').end(pages.get(request.url ?? '') ?? '<title>nothing</title>')
})
let stage: Stage
let origin: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  origin = `http://${host}`
  stage = await startStage({ allow: [host] })
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await stage.stop()
})

const look = async (url: string) => stage.engine.extractInfo({ url }, await stage.job())

test.each([
  'ws://127.0.0.1/video.mp4',
  'wss://127.0.0.1/video.mp4',
  'ftp://127.0.0.1/video.mp4',
  'ftps://127.0.0.1/video.mp4',
  'gopher://127.0.0.1/video.mp4',
  'file:///etc/passwd',
  'data:video/mp4,x',
  'http://a%00b.example/video.mp4',
  'http://%00/video.mp4',
  'http://a%20b/video.mp4',
  'http://[::1/video.mp4',

  'http://127.0.0.1:99999/video.mp4',
  'https://a%00b.example/video.mp4',
  `http://${'a'.repeat(70)}.example/video.mp4`,
])('a redirect to %s ends at once, with a reason that is true', async (to) => {
  const running = look(stage.site.url('/redirect', { to }))
  await expect(running).rejects.toMatchObject({
    retryable: false,
    code: expect.stringMatching(/^(blocked_target|unsupported_url)$/),
  })
})

const smuggled = (data: object) => `#${new URLSearchParams({ __youtubedl_smuggle: JSON.stringify(data) })}`

const SMUGGLED = {
  http_headers: { 'X-Smuggled': 'yes' },
  referer: 'http://X-Smuggled.example/',
  force_videoid: 'forged',
  to_generic: true,
}

test('data that a page smuggles in by a refresh are refused', async () => {
  const to = `${origin}/target${smuggled(SMUGGLED)}`
  pages.set('/smuggles', `<meta http-equiv="refresh" content="0; url='${to.replaceAll('"', '&quot;')}'">`)
  const result = await look(`${origin}/smuggles`).catch((error: unknown) => error)
  expect(result).toMatchObject({ code: 'unsupported_url', retryable: false })
  expect(JSON.stringify((result as Error).cause)).toContain('SmuggledData')
})

const described = (fields: object): string =>
  `<title>p</title><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@type': 'VideoObject', name: 'p', ...fields })}</script>`
const attribute = (url: string): string => url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** Every way by which a page names an address that yt-dlp goes on with, or fetches. */
const WAYS: Record<string, (url: string) => string> = {
  'the media of a described video': (url) => described({ contentUrl: url }),
  'the player of a described video': (url) => described({ embedUrl: url }),
  'Open Graph': (url) =>
    `<title>p</title><meta property="og:title" content="p"><meta property="og:video" content="${attribute(url)}">`,
  'a frame': (url) => `<title>p</title><iframe src="${attribute(url)}"></iframe>`,
  'a video element': (url) => `<title>p</title><video src="${attribute(url)}"></video>`,
  'a feed': (url) =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>c</title><item><title>i</title><link>${attribute(url)}</link><enclosure url="${attribute(url)}" type="video/mp4"/></item></channel></rss>`,
  'a presentation': (url) =>
    `<smil><body><video src="${attribute(url)}" system-bitrate="1000"/><ref src="${attribute(url)}"/></body></smil>`,
  'a twitter card': (url) => `<title>p</title><meta name="twitter:player" content="${attribute(url)}">`,
}

test.each([
  ...Object.keys(WAYS).flatMap((way) => [
    [way, smuggled(SMUGGLED)],
    // As a source may spell it that hopes to be decoded on the way.
    [way, smuggled(SMUGGLED).replace('__youtubedl', '%5f%5fyoutubedl')],
  ]),
  ['a redirect', smuggled(SMUGGLED)],
])('data that a source smuggles in by %s (%.24s) change no request and no answer', async (way, data) => {
  const to = `${origin}/target.mp4${data}`
  const write = WAYS[way as string]
  if (write === undefined) redirects.set('/smuggling', to)
  else {
    redirects.delete('/smuggling')
    pages.set('/smuggling', write(to))
  }
  asked.length = 0
  const result = await look(`${origin}/smuggling`).catch((error: unknown) => error)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((each) => each.smuggled)).toEqual([])
  // An id may be made of the address as it stands. What was asked for in it is not done.
  expect((result as { id?: unknown }).id).not.toBe('forged')
})

test('what extractors pass to each other still arrives', async () => {
  // A page of several videos hands each of them on with a referer in its address.
  await expect(look(stage.site.url('/several'))).resolves.toMatchObject({ playlist_count: 3 })
  await expect(look(stage.site.url('/page'))).resolves.toMatchObject({ title: expect.stringContaining('A page') })
})

test('a record that names another proxy is fetched through ours', async () => {
  const elsewhere = await startListener()
  try {
    const url = stage.site.url('/video.mp4')
    const records: Buffer[] = []
    await stage.engine.extractInfo({ url, onRecord: (reported) => records.push(reported) }, await stage.job())
    const known = JSON.parse(inflateSync(records[0] ?? Buffer.alloc(0)).toString())
    const proxy = `http://127.0.0.1:${elsewhere.port}`
    const headers = { 'Ytdl-Request-Proxy': proxy, 'Ytdl-request-proxy': proxy }
    known.http_headers = { ...known.http_headers, ...headers }
    for (const format of known.formats) format.http_headers = { ...format.http_headers, ...headers }
    // Without Landlock, which would hold it to our port: only yt-dlp itself is to be the reason.
    const { sandbox: _sandbox, ...options } = stage.options
    const engine = stage.engineWith({ ...options, sandbox: undefined } as unknown as Partial<EngineOptions>)
    const extraction = deflateSync(JSON.stringify(known))
    const onStale = jest.fn()
    const job = await stage.job()
    const request = { url, options: {}, extraction, onStale }
    await expect(engine.download(request, job)).resolves.toMatchObject({ extension: 'mp4' })
    expect(onStale).not.toHaveBeenCalled()
    expect(elsewhere.connections()).toEqual([])
    expect(stage.site.requests('/video.mp4').at(-1)?.headers).not.toHaveProperty('ytdl-request-proxy')
  } finally {
    await elsewhere.stop()
  }
})
