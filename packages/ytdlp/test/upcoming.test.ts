/** A stream that has not begun: the failure says when it will, where its extractor finds that out. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parseUpstreamProxy } from '@video-scraper/egress'
import { type SiteProxy, startSiteProxy, startVideoSite, upcomingUrl, type VideoSite } from '@video-scraper/testkit'
import { inPython } from './in-python.ts'
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

/** What an extractor raises that refuses with this sentence, and then does this; and whether it went on. */
const refusal = (sentence: string, then: string) =>
  inPython(
    { sentence },
    'from yt_dlp import YoutubeDL',
    'from yt_dlp.extractor.common import InfoExtractor',
    'from upcoming import hear_when_streams_start',
    'hear_when_streams_start()',
    'answer = {"went_on": False}',
    'class LocalIE(InfoExtractor):',
    '    _VALID_URL = r"local:(?P<id>.+)"',
    '    def _real_extract(self, url):',
    '        self.raise_no_formats(given["sentence"], expected=True, video_id="v")',
    '        answer["went_on"] = True',
    `        ${then}`,
    'try:',
    '    found = LocalIE(YoutubeDL({"quiet": True})).extract("local:v")',
    '    answer["found"] = found["id"]',
    'except Exception as error:',
    '    answer |= {"raised": type(error).__name__, "says": error.orig_msg, "starts_at": getattr(error, "starts_at", None)}',
  )

const UPCOMING = 'return {"id": "v", "live_status": "is_upcoming", "release_timestamp": 2000000000}'
const SOON = 'This live event will begin in 2 hours.'

test.each([
  ['a stream that has not begun', SOON, UPCOMING, { went_on: true, raised: 'NotStarted', starts_at: 2_000_000_000 }],
  ['a premiere', 'Premieres in 2 hours', UPCOMING, { went_on: true, raised: 'NotStarted', starts_at: 2_000_000_000 }],
  ['another refusal', 'Private video', UPCOMING, { went_on: false, raised: 'ExtractorError', starts_at: null }],
  ['what cannot go on', SOON, 'return {}["id"]', { went_on: true, raised: 'ExtractorError', says: SOON }],
  ['no stream after all', SOON, 'return {"id": "v"}', { went_on: true, raised: 'ExtractorError', says: SOON }],
  ['formats after all', SOON, 'return {"id": "v", "formats": [{"url": "u"}]}', { went_on: true, found: 'v' }],
])('%s: only what may be a stream goes on, and nothing else is raised for it', async (_, sentence, then, expected) => {
  expect(await refusal(sentence, then)).toMatchObject(expected)
})
