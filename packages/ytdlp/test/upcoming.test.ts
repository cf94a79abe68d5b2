/** A stream that has not begun: the failure says when it will, where its extractor finds that out. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parseUpstreamProxy } from '@video-scraper/egress'
import { type SiteProxy, startSiteProxy, startVideoSite, upcomingUrl, type VideoSite } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

let site: VideoSite
let proxy: SiteProxy
let stage: Stage
beforeAll(async () => {
  site = await startVideoSite()
  proxy = await startSiteProxy(site)
  // The proxy leads every address to the site, so any public one will do.
  const resolve = async () => ['9.9.9.9']
  stage = await startStage({ wayOut: { resolve, upstream: parseUpstreamProxy(proxy.url) } })
}, 60_000)
afterAll(async () => {
  await stage?.stop()
  await proxy?.stop()
  await site?.stop()
})

const inAnHour = () => (Math.floor(Date.now() / 1000) + 3600) * 1000

test('info and download say when it begins', async () => {
  const startsAt = inAnHour()
  const url = upcomingUrl({ startsAt })
  const wanted = { code: 'live_not_started', startsAt }
  await expect(stage.engine.extractInfo({ url }, await stage.job())).rejects.toMatchObject(wanted)
  await expect(stage.engine.download({ url, options: {} }, await stage.job())).rejects.toMatchObject(wanted)
})

test('when it has begun it is a video like any other', async () => {
  const url = upcomingUrl({ startsAt: Date.now() - 5000 })
  const info = await stage.engine.extractInfo({ url }, await stage.job())
  expect(info).toMatchObject({ title: 'A stream that has not begun', live_status: 'was_live' })
  expect(info.formats.length).toBeGreaterThan(0)
})
