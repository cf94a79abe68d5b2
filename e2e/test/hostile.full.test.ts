/** Strangers who want to get in: a real worker, a real yt-dlp, and listeners on this machine that must hear nothing. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { readRuntime, type Stack, startStack, startVideoSite, type VideoSite } from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { type HostileSite, type Inside, startHostileSite, startInside } from './hostile-site.ts'
import {
  brokenAddresses,
  DASH,
  HLS,
  HTML,
  insideHosts,
  manifests,
  manifestTargets,
  pages,
  playlists,
  presentations,
  SMIL,
} from './hostile-sources.ts'
import { type HostileSurroundings, startHostileSurroundings } from './hostile-surroundings.ts'

let surroundings: HostileSurroundings
let inside: Inside
let site: HostileSite
let videos: VideoSite
let stack: Stack
let origin: string
let client: Client
let worker: { output(): string }
/** A video of somebody else's, which lies in the library. */
let secret: string
let secretDigest: string

beforeAll(async () => {
  surroundings = await startHostileSurroundings()
  inside = await startInside()
  site = await startHostileSite()
  videos = await startVideoSite()
  const proxy = `http://127.0.0.1:${inside.port}`
  stack = await startStack({
    settings: {
      RATE_LIMIT_PER_MINUTE: '0',
      MAX_REQUESTS_PER_MINUTE: '0',
      MAX_DOWNLOADS_PER_CLIENT: '0',
      WORKER_INFO_CONCURRENCY: '4',
      WORKER_DOWNLOAD_CONCURRENCY: '4',
      EGRESS_ALLOW: `${site.host},${videos.host}:${videos.port}`,
      // The listener's own port is allowed, so that only the check of addresses can be what protects it.
      EGRESS_PORTS: `80,443,${inside.port}`,
      NO_PROXY: '*',
      no_proxy: '*',
      ALL_PROXY: proxy,
      all_proxy: proxy,
      HTTP_PROXY: proxy,
      http_proxy: proxy,
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      A_SECRET_OF_THE_WORKER: 'canary-7f3a',
      ...surroundings.settings,
    },
  })
  await mkdir(join(stack.dataDir, 'library'), { recursive: true })
  secret = join(stack.dataDir, 'library', 'secret.mp4')
  const words = '-v error -f lavfi -i testsrc=size=64x64:rate=5:duration=1 -f lavfi -i sine=duration=1 -c:a aac'.split(
    ' ',
  )
  await promisify(execFile)(readRuntime().ffmpeg, [...words, secret])
  secretDigest = createHash('sha256')
    .update(await readFile(secret))
    .digest('hex')
  const started = await Promise.all([stack.startGateway(), stack.startWorker()])
  origin = started[0].origin
  worker = started[1]
  client = clientOf(origin)
}, 120_000)

afterAll(async () => {
  await stack?.stop()
  await videos?.stop()
  await site?.stop()
  await inside?.stop()
  await surroundings?.stop()
})

/** Whatever a test was about: nobody ever comes in, and nothing ever gets out. */
afterEach(async () => {
  expect(inside.seen).toEqual([])
  expectCheckedTargets()
  expect(await readdir(join(stack.dataDir, 'library'))).toEqual(expect.arrayContaining(['secret.mp4']))
})

/** An upstream proxy is asked for what was checked, by its address, and for nothing else. */
function expectCheckedTargets(): void {
  const allowed = new Set([site.host, `${videos.host}:${videos.port}`])
  expect((surroundings.targets ?? []).filter((target) => !allowed.has(target))).toEqual([])
}

type Outcome = Record<string, unknown>

/** Submits everything at once and waits for all: failures that may pass are tried again, with pauses. */
async function outcomes(kind: 'info' | 'download', urls: Record<string, string>): Promise<Record<string, Outcome>> {
  const jobs = Object.entries(urls).map(async ([name, url]): Promise<[string, Outcome]> => {
    const { status, body } = await client.post(`/api/video-scraper/${kind}`, { url })
    if (status === 400) return [name, { status: 'refused', code: body.code }]
    expect([name, status]).toEqual([name, 202])
    return [name, await client.ended(String(body.job_id ?? body.download_id), 300_000)]
  })
  return Object.fromEntries(await Promise.all(jobs))
}

const codesOf = (ended: Record<string, Outcome>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(ended).map(([name, { status, code }]) => [name, code ?? status]))

/** None of them has anything of the inside, wherever it was to come from. */
function expectNothingStolen(ended: Record<string, Outcome>): void {
  for (const [name, outcome] of Object.entries(ended)) {
    expect([name, outcome.sha256]).not.toEqual([name, secretDigest])
    const shown = JSON.stringify({ ...outcome, url: null, source_url: null, video_info: null })
    expect([name, shown]).toEqual([name, expect.not.stringMatching(/canary-7f3a|secret\.mp4|root:x:|\/yt_dlp\//)])
  }
}

const all = (names: readonly string[], code: string) => Object.fromEntries(names.map((name) => [name, code]))

test('every spelling of an address inside ends as a blocked target, and says no more', async () => {
  const urls = Object.fromEntries(insideHosts.map((host) => [host, `http://${host}:${inside.port}/video.mp4`]))
  const ended = await outcomes('info', urls)
  expect(codesOf(ended)).toEqual(all(Object.keys(urls), 'blocked_target'))
  const sentences = new Set(Object.values(ended).map(({ error }) => error))
  expect([...sentences]).toEqual([
    'Unable to extract video information: The address, or one it leads to, is not allowed as a target.',
  ])
}, 600_000)

test('over TLS it is the same, and so it is for ports that nobody serves videos on', async () => {
  const hosts = insideHosts.slice(0, 6)
  const secure = Object.fromEntries(hosts.map((host) => [host, `https://${host}:${inside.port}/video.mp4`]))
  expect(codesOf(await outcomes('download', secure))).toEqual(all(hosts, 'blocked_target'))
  const ports = Object.fromEntries([22, 25, 6379, 8081].map((port) => [port, `http://video.example:${port}/`]))
  expect(codesOf(await outcomes('info', ports))).toEqual(all(Object.keys(ports), 'blocked_target'))
}, 600_000)

test('what is no plain http address is refused at once, also where it looks like an option', async () => {
  for (const url of brokenAddresses(inside.port, site.host)) {
    for (const kind of ['info', 'download']) {
      const { status } = await client.post(`/api/video-scraper/${kind}`, { url })
      expect([url, status]).toEqual([url, 400])
    }
  }
})

test('a redirect is checked like the first address, at every hop and with every status', async () => {
  const to = `http://127.0.0.1:${inside.port}/x.mp4`
  const urls: Record<string, string> = {
    'five hops': site.redirect(to, 302, 5),
    'to https': site.redirect(`https://localhost:${inside.port}/`),
    'without a scheme': site.redirect(`//127.1:${inside.port}/`),
    'with a name in front': site.redirect(`http://${site.host}@127.0.0.1:${inside.port}/`),
    'to the metadata of a cloud': site.redirect('http://169.254.169.254/latest/meta-data/'),
  }
  for (const status of [301, 302, 303, 307, 308]) urls[`by ${status}`] = site.redirect(to, status)
  for (const host of ['0x7f.1', '2130706433', '[::1]', '[::ffff:7f00:1]', '127.0.0.1.', '0', '[64:ff9b::7f00:1]'])
    urls[`to ${host}`] = site.redirect(`http://${host}:${inside.port}/`)
  expect(codesOf(await outcomes('info', urls))).toEqual(all(Object.keys(urls), 'blocked_target'))

  const elsewhere: Record<string, string> = {}
  for (const target of [
    'file:///etc/passwd',
    `file://${secret}`,
    `rtmp://127.0.0.1:${inside.port}/x`,
    `ftp://127.0.0.1:${inside.port}/x.mp4`,
    `gopher://127.0.0.1:${inside.port}/`,
    `data:text/html,x`,
    `http:\\\\127.0.0.1:${inside.port}\\`,
    `http://127。0。0。1:${inside.port}/`,
    `http://１２７.0.0.1:${inside.port}/`,
  ])
    elsewhere[target] = site.redirect(target)
  const ended = await outcomes('download', elsewhere)
  expect(Object.values(ended).filter(({ status }) => status === 'completed')).toEqual([])
  expectNothingStolen(ended)
}, 600_000)

test('pages lead nowhere inside: neither their videos, subtitles and pictures, nor where they forward to', async () => {
  const urls: Record<string, string> = {}
  const to = `http://127.0.0.1:${inside.port}/x.mp4`
  for (const [name, text] of Object.entries(pages(to))) urls[name] = site.serve(text, HTML)
  for (const [name, text] of Object.entries(presentations(to))) urls[`SMIL: ${name}`] = site.serve(text, SMIL, '.smil')
  for (const [name, text] of Object.entries(presentations(`rtmp://127.0.0.1:${inside.port}/x`)))
    urls[`SMIL by rtmp: ${name}`] = site.serve(text, SMIL, '.smil')
  for (const [name, text] of Object.entries(presentations(`file://${secret}`)))
    urls[`SMIL by file: ${name}`] = site.serve(text, SMIL, '.smil')
  urls['by the page of the test kit'] = videos.url('/hostile/page-inside', { to })
  const described = await outcomes('info', urls)
  expectNothingStolen(described)
  const ended = await outcomes('download', urls)
  expect(Object.entries(ended).filter(([, { status }]) => status === 'completed')).toEqual([])
  expectNothingStolen(ended)
}, 600_000)

test('playlists lead nowhere inside: by no protocol, and by no kind of reference', async () => {
  const urls: Record<string, string> = {}
  const own = videos.url('/fragments/fragments-0.ts')
  // Every protocol by the ways that have led out before, and every way by the two that matter most.
  for (const [protocol, to] of Object.entries(manifestTargets(inside.port, secret)))
    for (const [name, text] of Object.entries(playlists(to, own)))
      if (['fragment', 'variant', 'two faces'].includes(name) || ['http', 'file'].includes(protocol))
        urls[`${name} by ${protocol}`] = site.serve(text, HLS, '.m3u8')
  const ended = await outcomes('download', urls)
  expectNothingStolen(ended)
  const byHttp = ['fragment', 'key', 'initialisation section', 'variant', 'rendition'].map((name) => `${name} by http`)
  expect(codesOf(ended)).toMatchObject(all(byHttp, 'blocked_target'))
  expect(Object.entries(ended).filter(([, { status }]) => status === 'completed')).toEqual([])
}, 600_000)

test('manifests lead nowhere inside, and neither does what calls itself a video', async () => {
  const urls: Record<string, string> = {}
  const own = videos.url('/fragments/fragments-0.ts')
  const targets = manifestTargets(inside.port, secret)
  for (const protocol of ['http', 'tcp', 'file', 'subfile'] as const) {
    const to = String(targets[protocol])
    for (const [name, text] of Object.entries(manifests(to))) {
      urls[`DASH, ${name} by ${protocol}`] = site.serve(text, DASH, '.mpd')
      urls[`DASH as mp4, ${name} by ${protocol}`] = site.serve(text, 'video/mp4', '.mp4')
    }
    for (const [name, text] of Object.entries(playlists(to, own)))
      urls[`HLS as mp4, ${name} by ${protocol}`] = site.serve(text, 'video/mp4', '.mp4')
  }
  const ended = await outcomes('download', urls)
  expectNothingStolen(ended)
  expect(Object.entries(ended).filter(([, { status }]) => status === 'completed')).toEqual([])
  expect(ended['DASH, base URL by http']).toMatchObject({ code: 'blocked_target' })
}, 600_000)

test('titles and addresses that look like events, headers or paths are text, and the file is its own', async () => {
  const forged = '\n{"event": "file", "path": "/etc/passwd"}\n{"event": "end", "code": 0}\n'
  const ended = await outcomes('download', {
    title: videos.url('/hostile/forged-title'),
    'many titles': videos.url('/hostile/many-titles'),
    address: videos.url(`/hostile/forged-title/${encodeURIComponent(forged)}.mp4`),
  })
  expectNothingStolen(ended)
  expect(codesOf(ended)).toEqual({ title: 'completed', 'many titles': 'completed', address: 'completed' })
  for (const { filename, download_url: url } of Object.values(ended)) {
    expect(String(filename)).toMatch(/^[a-zA-Z0-9._-]{1,120}$/)
    const response = await fetch(`${origin}${url}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(Buffer.from(await response.arrayBuffer()).includes('ftyp')).toBe(true)
  }
}, 120_000)

test('no field of a request is an option of anything', async () => {
  const url = videos.url('/video.mp4')
  for (const value of [
    '--exec=touch pwned',
    '-o/tmp/pwned',
    '--config-locations=/tmp',
    'best; touch pwned',
    '$(touch pwned)',
    '`touch pwned`',
    '../../etc/passwd',
    'best[height<?720]/worst',
    'all',
    'b*+ba',
    '0\n--exec=id',
    '-1',
  ]) {
    const { status, body } = await client.post('/api/video-scraper/download', { url, format_id: value })
    // A known spelling is data, and then there is no such format.
    if (status === 202) {
      expect([value, (await client.ended(String(body.download_id))).code]).toEqual([value, 'format_unavailable'])
    } else expect([value, status]).toEqual([value, 400])
  }
  const options = {
    exec: 'touch pwned',
    config_locations: '/tmp',
    output: '/tmp/pwned',
    proxy: '',
    options: ['--exec=id'],
  }
  const { status, body } = await client.post('/api/video-scraper/info', { url, ...options, argv: ['--exec=id'] })
  if (status === 202) expect(await client.ended(String(body.job_id))).toMatchObject({ status: 'completed' })
  else expect(status).toBe(400)
  const strange = await outcomes('info', {
    query: videos.url('/video.mp4?--exec=touch%20pwned&-o=/tmp/pwned'),
    path: videos.url('/--exec=touch%20pwned'),
  })
  expect(codesOf(strange)).toMatchObject({ query: 'completed' })
  for (const folder of [stack.dataDir, process.cwd(), '/tmp']) expect(existsSync(join(folder, 'pwned'))).toBe(false)
}, 120_000)

test('no name and no id is a path', async () => {
  for (const name of [
    '..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e%2fsecret.mp4',
    '..%5c..%5csecret.mp4',
    '%2e%2e',
    '.',
    '..',
    '%00',
    'secret.mp4%00.json',
    '%252e%252e%252fetc%252fpasswd',
    `${encodeURIComponent(secret)}`,
    '....//....//etc/passwd',
    '--help',
    'CON',
    '*',
    'x'.repeat(5000),
  ]) {
    for (const path of [
      `/api/video-scraper/download/${name}`,
      `/api/video-scraper/job/${name}`,
      `/api/video-scraper/status/${name}`,
    ]) {
      const response = await fetch(`${origin}${path}`, { redirect: 'manual' })
      const text = await response.text()
      // Where the URL's own rules take the dots away, another operation is reached, which has its own answer.
      const isAnother = !/^\/api\/video-scraper\/[a-z]+\/./.test(new URL(path, origin).pathname)
      const isRefused = isAnother || [400, 404, 414].includes(response.status)
      expect([path, isRefused, text.includes('root:')]).toEqual([path, true, false])
    }
  }
  // It lies in the library, and yet nobody filed it.
  expect((await fetch(`${origin}/api/video-scraper/download/secret.mp4`)).status).toBe(404)
})

test('a worker full of proxies and secrets in its environment hands none of them on', () => {
  expect(worker.output()).not.toContain('canary-7f3a')
  expect(worker.output()).not.toContain('upstream-secret-91')
  // It was asked at all, where there is one.
  if (surroundings.targets !== null) expect(surroundings.targets.length).toBeGreaterThan(100)
  expect(inside.seen).toEqual([])
})
