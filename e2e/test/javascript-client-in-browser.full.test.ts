/** The JavaScript client in a real browser, in a page of another origin: info, a download that is followed, and its file. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Gateway, type Stack, startStack, startVideoSite, type VideoSite } from '@video-scraper/testkit'
import type { Browser, Page } from 'playwright-core'
import { startBrowser } from './browser.ts'

const CLIENT = fileURLToPath(new URL('../../clients/js', import.meta.url))
const MEDIA_TYPES: Record<string, string> = { '.js': 'text/javascript', '.html': 'text/html' }

let site: VideoSite
let stack: Stack
let gateway: Gateway
let pages: Server
let browser: Browser
let page: Page

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(CLIENT, 'scripts/build.mjs')])
  pages = await startPages(join(CLIENT, 'dist/esm'))
  const origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
  site = await startVideoSite()
  stack = await startStack({ settings: { EGRESS_ALLOW: `${site.host}:${site.port}`, CORS_ORIGINS: origin } })
  ;[gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
  browser = await startBrowser()
  page = await browser.newPage()
  await page.goto(`${origin}/page.html`)
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
  await site?.stop()
  pages?.close()
})

/** Serves an empty page and the modules of the client, as a bundler or a content delivery network would. */
async function startPages(folder: string): Promise<Server> {
  const names = new Set(await readdir(folder, { recursive: true }))
  const server = createServer(async (request, response) => {
    const name = (request.url ?? '').slice(1)
    const content = name === 'page.html' ? '<!doctype html><title>A page</title>' : undefined
    if (content === undefined && !names.has(name)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': MEDIA_TYPES[extname(name)] ?? 'text/plain' })
    response.end(content ?? (await readFile(join(folder, name))))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

interface Seen {
  readonly title: string
  readonly states: string[]
  readonly sha256: string
  readonly bytes: number
  readonly keyRefusal: string
}

test('it finds, follows, and fetches, and refuses to hold a key that nobody allowed', async () => {
  const given = { baseUrl: gateway.origin, watch: site.url('/jsonld'), file: site.url('/video.mp4') }
  const seen = (await page.evaluate(async ({ baseUrl, watch, file }) => {
    // The page resolves it, not this project.
    const path = '/index.js'
    const { VideoScraper } = await import(path)
    const client = new VideoScraper({ baseUrl })
    const states: string[] = []
    const { video_info } = await client.info(watch)
    const download = await client.download(
      file,
      {},
      { onProgress: (job: { status: string }) => states.push(job.status) },
    )
    const body = await (await client.fetchFile(download.filename)).arrayBuffer()
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    let keyRefusal = ''
    try {
      new VideoScraper({ baseUrl, apiKey: 'vs_key' })
    } catch (error) {
      keyRefusal = (error as { code: string }).code
    }
    return { title: video_info.title, states, sha256, bytes: body.byteLength, keyRefusal }
  }, given)) as Seen
  const source = Buffer.from(await (await fetch(given.file)).arrayBuffer())
  expect(seen).toMatchObject({
    title: 'A described video',
    bytes: source.length,
    sha256: createHash('sha256').update(source).digest('hex'),
    keyRefusal: 'key_in_browser',
  })
  expect(seen.states.at(-1)).toBe('completed')
}, 120_000)
