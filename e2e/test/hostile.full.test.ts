/** Strangers who want to get in: a real worker, a real yt-dlp, and listeners on this machine that must hear nothing. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { all, codesOf, useHostileRig } from './hostile-rig.ts'
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

const rig = useHostileRig()
const { outcomes, expectNothingStolen } = rig

test('every spelling of an address inside ends as a blocked target, and says no more', async () => {
  const urls = Object.fromEntries(insideHosts.map((host) => [host, `http://${host}:${rig.inside.port}/video.mp4`]))
  const ended = await outcomes('info', urls)
  expect(codesOf(ended)).toEqual(all(Object.keys(urls), 'blocked_target'))
  const sentences = new Set(Object.values(ended).map(({ error }) => error))
  expect([...sentences]).toEqual([
    'Unable to extract video information: The address, or one it leads to, is not allowed as a target.',
  ])
}, 600_000)

test('over TLS it is the same, and so it is for ports that nobody serves videos on', async () => {
  const hosts = insideHosts.slice(0, 6)
  const secure = Object.fromEntries(hosts.map((host) => [host, `https://${host}:${rig.inside.port}/video.mp4`]))
  expect(codesOf(await outcomes('download', secure))).toEqual(all(hosts, 'blocked_target'))
  const ports = Object.fromEntries([22, 25, 6379, 8081].map((port) => [port, `http://video.example:${port}/`]))
  expect(codesOf(await outcomes('info', ports))).toEqual(all(Object.keys(ports), 'blocked_target'))
}, 600_000)

test('what is no plain http address is refused at once, also where it looks like an option', async () => {
  for (const url of brokenAddresses(rig.inside.port, rig.site.host)) {
    for (const kind of ['info', 'download']) {
      const { status } = await rig.client.post(`/api/video-scraper/${kind}`, { url })
      expect([url, status]).toEqual([url, 400])
    }
  }
})

test('a redirect is checked like the first address, at every hop and with every status', async () => {
  const to = `http://127.0.0.1:${rig.inside.port}/x.mp4`
  const urls: Record<string, string> = {
    'five hops': rig.site.redirect(to, 302, 5),
    'to https': rig.site.redirect(`https://localhost:${rig.inside.port}/`),
    'without a scheme': rig.site.redirect(`//127.1:${rig.inside.port}/`),
    'with a name in front': rig.site.redirect(`http://${rig.site.host}@127.0.0.1:${rig.inside.port}/`),
    'to the metadata of a cloud': rig.site.redirect('http://169.254.169.254/latest/meta-data/'),
  }
  for (const status of [301, 302, 303, 307, 308]) urls[`by ${status}`] = rig.site.redirect(to, status)
  for (const host of ['0x7f.1', '2130706433', '[::1]', '[::ffff:7f00:1]', '127.0.0.1.', '0', '[64:ff9b::7f00:1]'])
    urls[`to ${host}`] = rig.site.redirect(`http://${host}:${rig.inside.port}/`)
  expect(codesOf(await outcomes('info', urls))).toEqual(all(Object.keys(urls), 'blocked_target'))

  const elsewhere: Record<string, string> = {}
  for (const target of [
    'file:///etc/passwd',
    `file://${rig.secret}`,
    `rtmp://127.0.0.1:${rig.inside.port}/x`,
    `ftp://127.0.0.1:${rig.inside.port}/x.mp4`,
    `gopher://127.0.0.1:${rig.inside.port}/`,
    `data:text/html,x`,
    `http:\\\\127.0.0.1:${rig.inside.port}\\`,
    `http://127。0。0。1:${rig.inside.port}/`,
    `http://１２７.0.0.1:${rig.inside.port}/`,
  ])
    elsewhere[target] = rig.site.redirect(target)
  const ended = await outcomes('download', elsewhere)
  expect(Object.values(ended).filter(({ status }) => status === 'completed')).toEqual([])
  expectNothingStolen(ended)
}, 600_000)

test('pages lead nowhere inside: neither their videos, subtitles and pictures, nor where they forward to', async () => {
  const urls: Record<string, string> = {}
  const to = `http://127.0.0.1:${rig.inside.port}/x.mp4`
  for (const [name, text] of Object.entries(pages(to))) urls[name] = rig.site.serve(text, HTML)
  for (const [name, text] of Object.entries(presentations(to)))
    urls[`SMIL: ${name}`] = rig.site.serve(text, SMIL, '.smil')
  for (const [name, text] of Object.entries(presentations(`rtmp://127.0.0.1:${rig.inside.port}/x`)))
    urls[`SMIL by rtmp: ${name}`] = rig.site.serve(text, SMIL, '.smil')
  for (const [name, text] of Object.entries(presentations(`file://${rig.secret}`)))
    urls[`SMIL by file: ${name}`] = rig.site.serve(text, SMIL, '.smil')
  urls['by the page of the test kit'] = rig.videos.url('/hostile/page-inside', { to })
  const described = await outcomes('info', urls)
  expectNothingStolen(described)
  const ended = await outcomes('download', urls)
  expect(Object.entries(ended).filter(([, { status }]) => status === 'completed')).toEqual([])
  expectNothingStolen(ended)
}, 600_000)

test('playlists lead nowhere inside: by no protocol, and by no kind of reference', async () => {
  const urls: Record<string, string> = {}
  const own = rig.videos.url('/fragments/fragments-0.ts')
  // Every protocol by the ways that have led out before, and every way by the two that matter most.
  for (const [protocol, to] of Object.entries(manifestTargets(rig.inside.port, rig.secret)))
    for (const [name, text] of Object.entries(playlists(to, own)))
      if (['fragment', 'variant', 'two faces'].includes(name) || ['http', 'file'].includes(protocol))
        urls[`${name} by ${protocol}`] = rig.site.serve(text, HLS, '.m3u8')
  const ended = await outcomes('download', urls)
  expectNothingStolen(ended)
  const byHttp = ['fragment', 'key', 'initialisation section', 'variant', 'rendition'].map((name) => `${name} by http`)
  expect(codesOf(ended)).toMatchObject(all(byHttp, 'blocked_target'))
  expect(Object.entries(ended).filter(([, { status }]) => status === 'completed')).toEqual([])
}, 600_000)

test('manifests lead nowhere inside, and neither does what calls itself a video', async () => {
  const urls: Record<string, string> = {}
  const own = rig.videos.url('/fragments/fragments-0.ts')
  const targets = manifestTargets(rig.inside.port, rig.secret)
  for (const protocol of ['http', 'tcp', 'file', 'subfile'] as const) {
    const to = String(targets[protocol])
    for (const [name, text] of Object.entries(manifests(to))) {
      urls[`DASH, ${name} by ${protocol}`] = rig.site.serve(text, DASH, '.mpd')
      urls[`DASH as mp4, ${name} by ${protocol}`] = rig.site.serve(text, 'video/mp4', '.mp4')
    }
    for (const [name, text] of Object.entries(playlists(to, own)))
      urls[`HLS as mp4, ${name} by ${protocol}`] = rig.site.serve(text, 'video/mp4', '.mp4')
  }
  const ended = await outcomes('download', urls)
  expectNothingStolen(ended)
  expect(Object.entries(ended).filter(([, { status }]) => status === 'completed')).toEqual([])
  expect(ended['DASH, base URL by http']).toMatchObject({ code: 'blocked_target' })
}, 600_000)

test('titles and addresses that look like events, headers or paths are text, and the file is its own', async () => {
  const forged = '\n{"event": "file", "path": "/etc/passwd"}\n{"event": "end", "code": 0}\n'
  const ended = await outcomes('download', {
    title: rig.videos.url('/hostile/forged-title'),
    'many titles': rig.videos.url('/hostile/many-titles'),
    address: rig.videos.url(`/hostile/forged-title/${encodeURIComponent(forged)}.mp4`),
  })
  expectNothingStolen(ended)
  expect(codesOf(ended)).toEqual({ title: 'completed', 'many titles': 'completed', address: 'completed' })
  for (const { filename, download_url: url } of Object.values(ended)) {
    expect(String(filename)).toMatch(/^[a-zA-Z0-9._-]{1,120}$/)
    const response = await fetch(`${rig.origin}${url}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(Buffer.from(await response.arrayBuffer()).includes('ftyp')).toBe(true)
  }
}, 120_000)

test('no field of a request is an option of anything', async () => {
  const url = rig.videos.url('/video.mp4')
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
    const { status, body } = await rig.client.post('/api/video-scraper/download', { url, format_id: value })
    // A known spelling is data, and then there is no such format.
    if (status === 202) {
      expect([value, (await rig.client.ended(String(body.download_id))).code]).toEqual([value, 'format_unavailable'])
    } else expect([value, status]).toEqual([value, 400])
  }
  const options = {
    exec: 'touch pwned',
    config_locations: '/tmp',
    output: '/tmp/pwned',
    proxy: '',
    options: ['--exec=id'],
  }
  const { status, body } = await rig.client.post('/api/video-scraper/info', { url, ...options, argv: ['--exec=id'] })
  if (status === 202) expect(await rig.client.ended(String(body.job_id))).toMatchObject({ status: 'completed' })
  else expect(status).toBe(400)
  const strange = await outcomes('info', {
    query: rig.videos.url('/video.mp4?--exec=touch%20pwned&-o=/tmp/pwned'),
    path: rig.videos.url('/--exec=touch%20pwned'),
  })
  expect(codesOf(strange)).toMatchObject({ query: 'completed' })
  for (const folder of [rig.stack.dataDir, process.cwd(), '/tmp']) expect(existsSync(join(folder, 'pwned'))).toBe(false)
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
    `${encodeURIComponent(rig.secret)}`,
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
      const response = await fetch(`${rig.origin}${path}`, { redirect: 'manual' })
      const text = await response.text()
      // Where the URL's own rules take the dots away, another operation is reached, which has its own answer.
      const isAnother = !/^\/api\/video-scraper\/[a-z]+\/./.test(new URL(path, rig.origin).pathname)
      const isRefused = isAnother || [400, 404, 414].includes(response.status)
      expect([path, isRefused, text.includes('root:')]).toEqual([path, true, false])
    }
  }
  // It lies in the library, and yet nobody filed it.
  expect((await fetch(`${rig.origin}/api/video-scraper/download/secret.mp4`)).status).toBe(404)
})

test('a worker full of proxies and secrets in its environment hands none of them on', () => {
  expect(rig.worker.output()).not.toContain('canary-7f3a')
  expect(rig.worker.output()).not.toContain('upstream-secret-91')
  // It was asked at all, where there is one.
  if (rig.surroundings.targets !== null) expect(rig.surroundings.targets.length).toBeGreaterThan(100)
  expect(rig.inside.seen).toEqual([])
})
