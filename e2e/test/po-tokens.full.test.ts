/** PO tokens over the whole stack: from POST to a file, through an exit, and what pages cannot make of the name that is asked. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import {
  createCertificateAuthority,
  eventually,
  type LocalYoutube,
  NAMED_ADDRESS,
  type NameServer,
  poTokenFor,
  startLocalYoutube,
  startNameServer,
  startTokenProvider,
  type TemporaryFolder,
  type TokenProviderStandIn,
  temporaryFolder,
  YOUTUBE_NAMES,
} from '@video-scraper/testkit'
import { type Account, type CookieScene, setTheCookieScene } from './cookie-scene.ts'

const VISITOR_DATA = 'CgtsaXR0bGUtdmlzaXRvcg%3D%3D'
const SECRETS = [poTokenFor(VISITOR_DATA), VISITOR_DATA, decodeURIComponent(VISITOR_DATA)]
const FIXED = 'http://po-tokens.invalid'

let youtube: LocalYoutube
let names: NameServer
let folder: TemporaryFolder
let provider: TokenProviderStandIn
let scene: CookieScene
let owner: Account
let exit: URL

beforeAll(async () => {
  const authority = createCertificateAuthority()
  youtube = await startLocalYoutube({ authority, fillerBytes: 20_000 })
  names = await startNameServer({
    ...Object.fromEntries(YOUTUBE_NAMES.map((name) => [name, [NAMED_ADDRESS]])),
    'po-tokens.invalid': ['127.0.0.1'],
  })
  provider = await startTokenProvider()
  folder = await temporaryFolder()
  const authorityFile = join(folder.path, 'authority.pem')
  const exitsFile = join(folder.path, 'exits.json')
  exit = new URL(youtube.proxyUrl)
  exit.username = 'user'
  exit.password = 'exit-password-77d0'
  await writeFile(authorityFile, authority.cert)
  await writeFile(
    exitsFile,
    JSON.stringify({ sites: { 'youtube.com': exit.origin.replace('//', '//user:exit-password-77d0@') } }),
  )
  scene = await setTheCookieScene({
    EGRESS_CA_FILE: authorityFile,
    EGRESS_DNS_SERVERS: names.address,
    EGRESS_EXITS_FILE: exitsFile,
    POT_PROVIDER_URL: provider.url,
  })
  owner = await scene.account()
}, 60_000)
afterAll(async () => {
  await scene?.stop()
  await Promise.all([youtube?.stop(), names?.stop(), provider?.stop(), folder?.remove()])
})
beforeEach(() => provider.behave('gives tokens'))

const ended = async (kind: 'info' | 'download', url: string) => owner.client.ended(await owner.start(kind, { url }))

test('a guarded video goes from POST to a file, and its token stands nowhere but at YouTube and the provider', async () => {
  const url = youtube.url('guarded', 1)
  const info = await ended('info', url)
  expect(info).toMatchObject({ status: 'completed', video_info: { title: 'A video called guarded0001' } })
  expect(JSON.stringify(info)).toContain('"136"')
  expect(info.warnings ?? []).toEqual([])
  const pages = () => youtube.requests('/watch').length
  const before = pages()
  const download = await ended('download', url)
  expect(download).toMatchObject({ status: 'completed' })
  // The record of the info job holds tokens, so it was not kept.
  expect(pages()).toBe(before + 1)
  const asked = youtube.requests('/videoplayback')
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.every(({ search }) => new URLSearchParams(search).get('pot') === SECRETS[0])).toBe(true)
  const questions = provider.asked.filter(({ request }) => request === 'POST /get_pot')
  expect(questions).toHaveLength(2)
  expect(new Set(questions.map(({ fields }) => fields.proxy))).toEqual(new Set([exit.href.replace(/\/$/, '')]))
  expect(await scene.whereabouts(SECRETS)).toEqual([])
  expect(JSON.stringify(download)).not.toContain(SECRETS[0])
})

test('the status says that the provider answers', async () => {
  const engine = async () => ((await owner.client.get('/api/status')).body.engine ?? {}) as Record<string, unknown>
  await eventually(async () => expect(await engine()).toMatchObject({ ok: true, po_token_provider: 'reachable' }), {
    timeoutMs: 40_000,
  })
})

test('a provider that answers in HTML leaves the job without tokens, and with warnings that say so', async () => {
  provider.behave('html')
  const info = await ended('info', youtube.url('guarded', 2))
  expect(info).toMatchObject({ status: 'completed' })
  const codes = (info.warnings as { code: string }[]).map(({ code }) => code).sort()
  expect(codes).toEqual(['po_token_failed', 'po_token_missing'])
  // What was found out then is given to nobody, so the next one gets all.
  provider.behave('gives tokens')
  const after = await ended('info', youtube.url('guarded', 2))
  expect(after.warnings ?? []).toEqual([])
  expect(JSON.stringify(after)).toContain('"136"')
})

test('neither an address, nor a redirect, nor a page, nor a playlist reaches the provider', async () => {
  const before = provider.asked.filter(({ request }) => request !== 'GET /ping').length
  const { site } = scene
  const attacks = [
    `${FIXED}/get_pot`,
    `${FIXED}/ping`,
    site.url('/redirect', { to: `${FIXED}/ping` }),
    `${FIXED}:8080/ping`,
    'https://po-tokens.invalid/get_pot',
    site.url('/redirect', { to: `${FIXED}/get_pot` }),
    site.url('/redirect', { to: 'https://po-tokens.invalid:8443/get_pot' }),
    site.url('/page', { src: `${FIXED}/get_pot` }),
    site.url('/hostile/inside.m3u8', { to: `${FIXED}/get_pot` }),
    site.url('/hostile/inside.m3u8', { to: `${FIXED}:443/get_pot`, key: '' }),
  ]
  for (const url of attacks) {
    const failed = await ended('download', url)
    expect([url, failed.status, failed.code]).toEqual([url, 'failed', 'blocked_target'])
  }
  expect(provider.asked.filter(({ request }) => request !== 'GET /ping')).toHaveLength(before)
})
