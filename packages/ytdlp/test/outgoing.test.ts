/** What a page names beside addresses: other schemes, other proxies, and data for yt-dlp's own extractors. */
import { createServer } from 'node:http'
import { deflateSync, inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { startListener } from '@video-scraper/testkit'
import type { EngineOptions } from '../src/index.ts'
import { type Stage, startStage } from './stage.ts'

jest.setTimeout(120_000)

const pages = new Map<string, string>()
const asked: string[] = []
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
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

test.each([['a refresh', (url: string) => `<meta http-equiv="refresh" content="0; url='${url}'">`]])(
  'data that a page smuggles in by %s are refused',
  async (_how, page) => {
    const to = `${origin}/target${smuggled({ http_headers: { 'X-Smuggled': 'yes' }, force_videoid: 'forged' })}`
    pages.set('/smuggles', page(to.replaceAll('"', '&quot;')))
    const result = await look(`${origin}/smuggles`).catch((error: unknown) => error)
    expect(result).toMatchObject({ code: 'unsupported_url', retryable: false })
    expect(JSON.stringify((result as Error).cause)).toContain('SmuggledData')
  },
)

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
    await stage.engine.extractInfo({ url, onRecord: (told) => records.push(told) }, await stage.job())
    const known = JSON.parse(inflateSync(records[0] ?? Buffer.alloc(0)).toString())
    const proxy = `http://127.0.0.1:${elsewhere.port}`
    const headers = { 'Ytdl-Request-Proxy': proxy, 'Ytdl-request-proxy': proxy }
    known.http_headers = { ...known.http_headers, ...headers }
    for (const format of known.formats) format.http_headers = { ...format.http_headers, ...headers }
    // Without Landlock, which would hold it to our port: only yt-dlp itself is to be the reason.
    const { cage: _cage, ...options } = stage.options
    const engine = stage.engineWith({ ...options, cage: undefined } as unknown as Partial<EngineOptions>)
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
