/** The story of cookies: a session that is stored, used, rotated and ended, and that nothing else ever sees. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { tellApart } from './cookie-crowd.ts'
import { type CookieScene, setTheCookieScene } from './cookie-scene.ts'

let scene: CookieScene
beforeAll(async () => {
  scene = await setTheCookieScene()
}, 90_000)
afterAll(() => scene?.stop())

const pageOf = (account: string, more: Record<string, string | number> = {}) =>
  scene.site.url('/members/page', { account, ...more })
/** The values of the cookie that came with requests of the account. */
const sentFor = (account: string) =>
  scene.site
    .requests()
    .filter(({ search }) => new URLSearchParams(search).get('account') === account)
    .map(({ headers }) => /session=([0-9a-f]+)/.exec(headers.cookie ?? '')?.[1] ?? '')
    .filter((value) => value !== '')

test('info and download work in the session through every rotation, and no secret is left anywhere', async () => {
  const owner = await scene.account()
  const first = await scene.signIn('alice')
  await owner.store('alice', first)
  expect(await owner.set('alice')).toMatchObject({ verdict: 'unknown', domains: ['127.0.0.1'], last_used_at: null })
  const wanted = { url: pageOf('alice', { echo: 1 }), cookies: 'alice' }
  const info = await owner.client.ended(await owner.start('info', wanted))
  expect(info).toMatchObject({ status: 'completed' })
  const id = await owner.start('download', wanted)
  const download = await owner.client.ended(id)
  expect(download).toMatchObject({ status: 'completed', options: { cookies: 'alice' } })
  expect(await owner.set('alice')).toMatchObject({ verdict: 'rotated', count: 1, last_used_at: expect.any(String) })
  const list = await owner.client.get('/api/video-scraper/downloads')
  const secrets = await scene.issued('alice')
  expect(new Set(sentFor('alice'))).toEqual(new Set(secrets.slice(0, -1)))
  expect(secrets.length).toBeGreaterThan(3)
  expect(secrets[0]).toBe(first)
  expect(await scene.whereabouts(secrets)).toEqual([])
  const said = JSON.stringify([info, download, list.body, await owner.set('alice')])
  for (const secret of secrets) expect(said).not.toContain(secret)
}, 120_000)

test('nobody is answered from what was seen with cookies, and cookies are used for no answer that lies there', async () => {
  const owner = await scene.account()
  const other = await scene.account()
  await owner.store('a', await scene.signIn('bob'))
  const url = pageOf('bob')
  expect(await owner.client.ended(await owner.start('download', { url, cookies: 'a' }))).toMatchObject({
    status: 'completed',
  })
  for (const account of [owner, other]) {
    for (const kind of ['info', 'download'] as const) {
      const without = await account.client.ended(await account.start(kind, { url }))
      expect([kind, without.status, without.code]).toEqual([kind, 'failed', 'login_required'])
    }
  }
  const asked = sentFor('bob').length
  const again = await owner.client.ended(await owner.start('download', { url, cookies: 'a' }))
  expect(again).toMatchObject({ status: 'completed' })
  expect(sentFor('bob').length).toBeGreaterThan(asked)
}, 120_000)

test('a session that the site has ended is cookies_expired, until new cookies are stored', async () => {
  const owner = await scene.account()
  await owner.store('carol', await scene.signIn('carol'))
  const fresh = await scene.signIn('carol')
  const wanted = { url: pageOf('carol'), cookies: 'carol' }
  expect(await owner.client.ended(await owner.start('info', wanted))).toMatchObject({ code: 'cookies_expired' })
  expect(await owner.set('carol')).toMatchObject({ verdict: 'expired' })
  await owner.store('carol', fresh)
  expect(await owner.client.ended(await owner.start('info', wanted))).toMatchObject({ status: 'completed' })
}, 120_000)

test('two owners side by side at one site see each their own account alone', async () => {
  await tellApart(scene, { jobs: 20, owners: 2 })
}, 180_000)
