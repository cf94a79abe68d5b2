/** Names that nobody answers, of sources and of receivers, keep no honest job waiting: the whole stack, a real DNS server. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { eventually, type NameServer, startNameServer, startVideoSite, type VideoSite } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

let names: NameServer
let site: VideoSite
let scene: Surroundings
beforeEach(async () => {
  names = await startNameServer({ '*.silent.example': 'silent', 'honest.example': ['127.0.0.1'] })
  site = await startVideoSite()
  scene = await setTheScene({ ...WITHOUT_MEMORY, EGRESS_DNS_SERVERS: names.address }, [`honest.example:${site.port}`])
}, 60_000)
afterEach(async () => {
  await scene?.stop()
  await site?.stop()
  await names?.stop()
})

test('four callbacks and two sources with silent names delay an honest job by name for no more than a moment', async () => {
  const { client } = scene
  const honest = site.url('/jsonld').replace(site.host, 'honest.example')
  await client.ended(await client.info(honest))
  const since = Date.now()
  await client.ended(await client.info(honest))
  const aloneMs = Date.now() - since
  for (const at of [1, 2, 3, 4]) {
    await client.post('/api/video-scraper/info', {
      url: scene.site.url('/jsonld'),
      callback_url: `http://hook${at}.silent.example/`,
    })
  }
  for (const at of [1, 2]) await client.info(`http://source${at}.silent.example/video`)
  // They are being resolved now, and stay so for seconds.
  const isAsked = (host: string) => names.asked().some((question) => question.includes(host))
  await eventually(() => ['hook1', 'hook4', 'source1', 'source2'].every(isAsked), { timeoutMs: 20_000 })
  const between = Date.now()
  expect(await client.ended(await client.info(honest))).toMatchObject({ status: 'completed' })
  expect(Date.now() - between).toBeLessThan(Math.max(4 * aloneMs, 1_000))
}, 120_000)
