/** What is of HTTPS alone: whom yt-dlp trusts, what a bad certificate is called, and ways between http and https. */
import { statSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  createCertificateAuthority,
  type Identity,
  selfSigned,
  startTlsFront,
  startVideoSite,
  type TlsFront,
  temporaryFolder,
  type VideoSite,
} from '@video-scraper/testkit'
import type { Engine } from '../src/index.ts'
import { SITE_NAME, type Stage, startStage, WARM } from './stage.ts'

const DAY_MS = 86_400_000
const authority = createCertificateAuthority()
const stranger = createCertificateAuthority('An authority that nobody trusts')

/** Sites with a certificate that must not be trusted; each is called `bad.test`. */
const badIdentities: Readonly<Record<string, Identity>> = {
  'has expired': authority.issue({ name: 'bad.test', until: new Date(Date.now() - DAY_MS / 2) }),
  'is not valid yet': authority.issue({ name: 'bad.test', from: new Date(Date.now() + DAY_MS / 2) }),
  'is for another name': authority.issue({ name: 'other.test' }),
  'is signed by itself': selfSigned({ name: 'bad.test' }),
  'comes from an unknown authority': stranger.issue({ name: 'bad.test' }),
}

const sites = new Map<string, VideoSite>()
let plain: VideoSite
/** The plain site behind TLS as it was ten years ago. */
let old: TlsFront
let stage: Stage

beforeAll(async () => {
  for (const [why, identity] of Object.entries(badIdentities)) {
    sites.set(why, await startVideoSite({ tls: { name: 'bad.test', ...identity } }))
  }
  plain = await startVideoSite()
  const identity = authority.issue({ name: 'old.test' })
  const terms = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const
  old = await startTlsFront({ identity, to: plain.port, terms })
  const bad = [...sites.values()].map(({ port }) => `bad.test:${port}`)
  stage = await startStage({
    scheme: 'https',
    authority,
    allow: [...bad, `old.test:${old.port}`, `127.0.0.1:${plain.port}`, `plain.test:${plain.port}`],
  })
})
afterAll(async () => {
  await stage.stop()
  await Promise.all([...sites.values(), plain, old].map((site) => site.stop()))
})

const infoOf = async (url: string, engine: Engine = stage.engine) => engine.extractInfo({ url }, await stage.job())
const download = async (url: string) => stage.engine.download({ url, options: {} }, await stage.job())

test.each(Object.keys(badIdentities))(
  'a site whose certificate %s is named so, and is not tried again',
  async (why) => {
    const failure = infoOf(sites.get(why)?.url('/premium-login.mp4') ?? '')
    await expect(failure).rejects.toMatchObject({ code: 'bad_certificate', retryable: false })
  },
)

test('TLS to a port that does not speak it is named so as well', async () => {
  await expect(infoOf(`https://plain.test:${plain.port}/video.mp4`)).rejects.toMatchObject({ code: 'bad_certificate' })
})

test.each([
  ['the media', '/page', 'src', '/video.mp4'],
  ['a segment', '/hostile/inside.m3u8', 'to', '/fragments/fragments-0.ts'],
  ['the end of a redirect', '/redirect', 'to', '/video.mp4'],
])('a bad certificate of %s has the same name as one of the page', async (_what, path, parameter, target) => {
  const to = sites.get('has expired')?.url(target) ?? ''
  await expect(download(stage.site.url(path, { [parameter]: to }))).rejects.toMatchObject({ code: 'bad_certificate' })
})

test('only the authorities that the engine was given are trusted', async () => {
  const { authorityFile: _, ...without } = stage.options
  const engine = stage.engineWith({})
  await expect(infoOf(stage.site.url('/video.mp4'), engine)).resolves.toMatchObject({ title: 'video' })
  const strict = stage.engineFrom(without)
  await expect(infoOf(stage.site.url('/video.mp4'), strict)).rejects.toMatchObject({ code: 'bad_certificate' })
})

test('what is kept ready trusts the same, and is replaced when the file of authorities changes', async () => {
  const folder = await temporaryFolder()
  const authorityFile = join(folder.path, 'authorities.pem')
  await writeFile(authorityFile, stranger.cert)
  const engine = stage.engineWith({ authorityFile, warm: WARM })
  expect(await engine.warmUp()).toBe(true)
  await expect(infoOf(stage.site.url('/video.mp4'), engine)).rejects.toMatchObject({ code: 'bad_certificate' })
  expect(engine.warmth()).toMatchObject({ warm: 1, cold: 0 })

  await writeFile(authorityFile, `${stranger.cert}\n${authority.cert}`)
  await utimes(authorityFile, new Date(), new Date())
  await engine.warmUp()
  await expect(infoOf(stage.site.url('/video.mp4'), engine)).resolves.toMatchObject({ title: 'video' })
  expect(engine.warmth()).toMatchObject({ warm: 2, cold: 0 })
  await folder.remove()
})

test.each([
  ['cold', null],
  ['warm', WARM],
])('%s, a server of old TLS is taken where the operator says so, and no other', async (_how, warm) => {
  const url = `https://old.test:${old.port}/video.mp4`
  const how = warm && { warm }
  await expect(infoOf(url, stage.engineWith({ ...how }))).rejects.toMatchObject({ code: 'bad_certificate' })
  const lenient = stage.engineWith({ ...how, legacyTls: true })
  await lenient.warmUp()
  await expect(infoOf(url, lenient)).resolves.toMatchObject({ title: 'video' })
  // What it is trusted for stays as it was.
  const failure = infoOf(sites.get('has expired')?.url('/video.mp4') ?? '', lenient)
  await expect(failure).rejects.toMatchObject({ code: 'bad_certificate' })
})

test('a redirect is followed from http to https, and back', async () => {
  const there = plain.url('/redirect', { to: stage.site.url('/video.mp4') })
  const back = stage.site.url('/redirect', { to: plain.url('/video.mp4') })
  const files = [await download(there), await download(back)]
  const { size } = statSync((await download(stage.site.url('/video.mp4'))).path)
  expect(files.map(({ path }) => statSync(path).size)).toEqual([size, size])
})

test('connections are kept: a video in many parts takes far fewer of them than requests', async () => {
  const before = { requests: stage.site.requests().length, connections: stage.site.connections() }
  await download(stage.site.url('/long-hls.m3u8', { fragments: 30, delay: 0 }))
  const requests = stage.site.requests().length - before.requests
  const connections = stage.site.connections() - before.connections
  expect(requests).toBeGreaterThan(30)
  expect(connections).toBeLessThan(requests / 2)
})

test('the site speaks HTTP/2 to whoever can', async () => {
  const client = connect(`https://127.0.0.1:${stage.site.port}`, { ca: authority.cert, servername: SITE_NAME })
  const stream = client.request({ ':path': '/page', ':authority': SITE_NAME })
  const status = await new Promise((resolve) => stream.once('response', (headers) => resolve(headers[':status'])))
  let body = ''
  for await (const chunk of stream.setEncoding('utf8')) body += chunk
  client.close()
  expect([status, client.alpnProtocol]).toEqual([200, 'h2'])
  expect(body).toContain('<video')
})
