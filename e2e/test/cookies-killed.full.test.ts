/** A worker that is killed after a site has rotated a cookie and before it was brought back. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import { type CookieScene, setTheCookieScene } from './cookie-scene.ts'

let scene: CookieScene
beforeAll(async () => {
  scene = await setTheCookieScene()
}, 90_000)
afterAll(() => scene?.stop())

const BYTES = 4_000_000

test('the next worker brings the rotation back, and goes on in a session that takes nothing but the newest cookie', async () => {
  const owner = await scene.account()
  await owner.store('killed', await scene.signIn('killed'))
  const url = scene.site.url('/members/page', { account: 'killed', bytes: BYTES, rate: 400_000 })
  const id = await owner.start('download', { url, cookies: 'killed' })
  await eventually(async () => Number((await owner.client.downloadStatus(id)).downloaded_bytes) > BYTES / 5, {
    timeoutMs: 60_000,
    everyMs: 50,
  })
  const left = async () =>
    (await readdir(join(scene.stack.dataDir, 'work', id))).filter((name) => name.startsWith('cookies-'))
  expect(await left()).toHaveLength(1)
  await scene.worker.end('SIGKILL')
  await eventually(() => processesMentioning(id).length === 0)
  // The set still holds the cookie that the site takes no more: without what lies in the folder, the session is over.
  expect(await left()).toHaveLength(1)
  expect(await owner.set('killed')).toMatchObject({ verdict: 'unknown' })

  await scene.stack.startWorker()
  expect(await owner.client.ended(id, 120_000)).toMatchObject({ status: 'completed', size_bytes: BYTES })
  expect(await owner.set('killed')).toMatchObject({ verdict: 'rotated' })
  const asked = scene.site.requests().filter(({ search }) => search.includes('account=killed'))
  expect(asked.filter(({ path, status }) => path !== '/members/login' && status === 401)).toEqual([])
  const again = await owner.start('info', { url, cookies: 'killed' })
  expect(await owner.client.ended(again)).toMatchObject({ status: 'completed' })
  const secrets = await scene.issued('killed')
  await eventually(async () => expect(await scene.whereabouts(secrets)).toEqual([]))
}, 240_000)
