import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { WarningCode } from '@video-scraper/contracts'
import { warningOf, warningsIn } from '../src/warnings.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

// Words of sites that a site on loopback cannot be; the others are provoked below.
test.each<[string, WarningCode | null]>([
  ['[youtube] No supported JavaScript runtime could be found. Some formats may be missing', 'javascript_missing'],
  ['[generic] Falling back on generic information extractor', 'generic_extraction'],
  ['The program functionality for this site has been marked as broken, and will probably not work.', 'site_broken'],
  ['[youtube] There are missing subtitles languages because a PO token was not provided', 'po_token_missing'],
  [
    '[youtube] a: mweb client https formats require a GVS PO Token which was not provided. They will be skipped as they may yield HTTP Error 403.',
    'po_token_missing',
  ],
  ['[youtube] a: Some web client subtitles require a PO Token which was not provided', 'po_token_missing'],
  ['[youtube] Unable to fetch GVS PO Token for mweb client: Missing required Visitor Data', 'po_token_missing'],
  [
    '[youtube] [pot:Operator] Error fetching PO Token from "Operator" provider: PoTokenProviderError(\'none\')',
    'po_token_failed',
  ],
  ['PO tokens cannot be asked for with this version of yt-dlp', 'po_token_failed'],
  ['Requested formats are incompatible for merge and will be merged into mkv', 'container_changed'],
  ['[youtube] a: Some web client https formats have been skipped as they are missing a url', 'formats_skipped'],
  ['This video is DRM protected and only images are available for download', 'formats_skipped'],
  ['[youtube] a: n challenge solving failed: Some formats may be missing', 'formats_missing'],
  ['[x] Failed to download MPD manifest: HTTP Error 404: Not Found', 'formats_missing'],
  ['"url" field is missing or empty - skipping format, there is an error in extractor', 'formats_skipped'],
  ['[x] a: unable to extract uploader; please report this issue', 'metadata_incomplete'],
  ['Extractor failed to obtain "title". Creating a generic title instead', 'metadata_incomplete'],
  ['[download] Got error: timed out. Retrying (1/3)...', null],
  ['[generic] URL could be a direct video link, returning it as such.', null],
  ['A sentence of another time', 'unspecified'],
  ['http://a.example/subtitles/DRM/JavaScript-runtime', 'unspecified'],
])('%s', (sentence, code) => {
  expect(warningOf(sentence)).toBe(code)
})

test('what a record lacks is seen in the record', () => {
  expect(warningsIn({ formats: [{ protocol: 'https' }, { protocol: 'mhtml' }], playlist_count: 1 })).toEqual([])
  expect(warningsIn({ formats: [{ protocol: 'https', has_drm: true }] })).toEqual(['formats_skipped'])
  expect(warningsIn({ formats: [{ protocol: 'rtmp' }], shortened: true, playlist_count: 2 })).toEqual([
    'more_videos',
    'result_shortened',
    'formats_skipped',
  ])
})

const modes = {
  info: async (path: string) => {
    const job = await stage.job()
    await stage.engine.extractInfo({ url: stage.site.url(path) }, job)
    return job.seen.at(-1)?.warnings
  },
  download: async (path: string) => {
    const job = await stage.job()
    await stage.engine.download({ url: stage.site.url(path), options: {} }, job)
    return job.seen.at(-1)?.warnings
  },
}

test.each<[string, string, WarningCode[] | undefined]>([
  ['nothing is missing', '/video.mp4', undefined],
  ['a list of formats is gone', '/page-broken-manifest', ['generic_extraction', 'formats_missing']],
  [
    'a list of formats lies inside',
    '/page-broken-manifest?manifest=http://127.0.0.1:9/a.m3u8',
    ['generic_extraction', 'formats_missing', 'target_blocked'],
  ],
  ['there are three', '/several', ['generic_extraction', 'more_videos']],
])('where %s, the job is done and says so, of either kind', async (_what, path, expected) => {
  expect(await modes.info(path)).toEqual(expected)
  expect(await modes.download(path)).toEqual(expected)
})

test('a description that is too long to keep is missed', async () => {
  expect(await modes.info('/jsonld?more=5000')).toContain('result_shortened')
})
