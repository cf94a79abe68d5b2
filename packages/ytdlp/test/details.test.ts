/** What an info job says beside formats: details, addresses where they are wanted, what downloads would take, and lists. */
import { execFile } from 'node:child_process'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { InfoOptions } from '@video-scraper/contracts'
import { readRuntime } from '@video-scraper/testkit'
import { commonRequests } from '../src/common-requests.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(stage.site.url('/choices/manifest.mpd'))).text()
}, 150_000)
afterAll(() => stage.stop())

async function infoOf(path: string, options: InfoOptions = {}) {
  const job = await stage.job()
  const info = await stage.engine.extractInfo({ url: stage.site.url(path), options }, job)
  return { ...info, warnings: job.seen.at(-1)?.warnings ?? [] }
}

test('chapters, subtitles with their formats, and pictures are reported', async () => {
  const { chapters, thumbnails } = await infoOf('/jsonld?clips=3')
  expect(chapters).toEqual([
    { title: 'Chapter 1', start: 0, end: 0.5 },
    { title: 'Chapter 2', start: 0.5, end: 1 },
    { title: 'Chapter 3', start: 1, end: 1.5 },
  ])
  expect(thumbnails).toEqual([{ url: stage.site.url('/thumbnail.jpg'), width: null, height: null }])
  const { subtitles, automatic_captions } = await infoOf('/captioned')
  expect(subtitles.map(({ language, extensions }) => [language, extensions])).toEqual(
    expect.arrayContaining([
      ['en-GB', ['vtt']],
      ['de', ['srt']],
      ['es', ['ttml']],
    ]),
  )
  expect(automatic_captions).toEqual([])
})

test('there are at most 200 chapters', async () => {
  expect((await infoOf('/jsonld?clips=500')).chapters).toHaveLength(200)
})

test('with everything at its largest the answer stays in its bounds, and says that it was shortened', async () => {
  const info = await infoOf('/jsonld?clips=1000&more=100000')
  expect(JSON.stringify(info).length).toBeLessThan(66_560)
  expect(info.warnings).toContain('result_shortened')
})

test('each common request takes the very formats that a download takes', async () => {
  const path = '/choices/manifest.mpd'
  const { best } = await infoOf(path)
  expect(best.map(({ request }) => request)).toEqual(commonRequests)
  const taken: (string | null)[] = []
  for (const options of commonRequests) {
    const media = await stage.engine.download({ url: stage.site.url(path), options }, await stage.job())
    // The file is named after the formats, and sound that was taken out of it keeps the name.
    taken.push(basename(media.path).split('.')[1] ?? null)
  }
  expect(best.map(({ format_id }) => format_id)).toEqual(taken)
  expect(new Set(taken).size).toBeGreaterThan(3)
}, 150_000)

test('one format answers every request', async () => {
  const { best, formats } = await infoOf('/video.mp4')
  expect(new Set(best.slice(0, -1).map(({ format_id }) => format_id))).toEqual(new Set([formats[0]?.format_id]))
})

test('addresses and headers are reported only where they are wanted, and lead to the media', async () => {
  const plain = await infoOf('/page')
  expect(JSON.stringify(plain.formats)).not.toContain('http_headers')
  expect(plain).not.toHaveProperty('media_urls_note')
  const { formats, media_urls_note } = await infoOf('/page', { media_urls: true })
  const [format] = formats
  expect(format?.url).toBe(stage.site.url('/video.mp4'))
  expect(Object.keys(format?.http_headers ?? {})).toEqual(expect.arrayContaining(['User-Agent', 'Referer']))
  expect(media_urls_note).toContain('network address')
  const media = await fetch(format?.url ?? '', { headers: format?.http_headers ?? {} })
  expect([media.status, media.headers.get('content-type')]).toEqual([200, 'video/mp4'])
  await media.body?.cancel()
})

test('no cookie and no credential is among the headers, whatever an extractor asks with', async () => {
  const { python, ytdlp } = readRuntime()
  const headers = {
    ...{ 'User-Agent': 'a browser', Referer: 'http://example.com/', Cookie: 'secret', authorization: 'secret' },
    ...{ 'X-Token': 'secret', 'Proxy-Authorization': 'secret', Origin: 5 },
  }
  const script = [
    'import json, sys',
    'sys.path[:0] = sys.argv[1:3]',
    'from addresses import address_of, headers_of',
    'each = {"url": "http://example.com/v.mp4#__youtubedl_smuggle=secret", "http_headers": json.loads(sys.argv[3])}',
    'print(json.dumps([address_of(each), headers_of(each), address_of({"url": "x" * 9000}), headers_of({})]))',
  ].join('\n')
  const runner = fileURLToPath(new URL('../python', import.meta.url))
  const words = ['-I', '-S', '-B', '-c', script, runner, ytdlp, JSON.stringify(headers)]
  const { stdout } = await promisify(execFile)(python, words)
  expect(JSON.parse(stdout)).toEqual([
    'http://example.com/v.mp4',
    { 'User-Agent': 'a browser', Referer: 'http://example.com/' },
    null,
    {},
  ])
})

const FEED = '/lists/feed.xml?'
const feedOf = (count: number) =>
  FEED + Array.from({ length: count }, (_, at) => `item=link:/status/404?entry=${at + 1}`).join('&')

test('entries of a list come page by page, as the list says them, and none of them is asked for', async () => {
  const path = feedOf(7)
  const before = stage.site.requests('/status/404').length
  const first = await infoOf(path, { entries: { count: 3 } })
  expect(first).toMatchObject({ title: 'A feed', formats: [], best: [], entries_next: 4 })
  expect(first.entries?.map(({ index, title }) => [index, title])).toEqual([
    [1, 'Episode 1'],
    [2, 'Episode 2'],
    [3, 'Episode 3'],
  ])
  expect(first.entries?.[0]?.url).toContain('/status/404')
  expect(first.warnings).not.toContain('more_videos')
  const last = await infoOf(path, { entries: { from: 4, count: 4 } })
  expect(last.entries?.map(({ index }) => index)).toEqual([4, 5, 6, 7])
  expect(last.entries_next).toBeNull()
  const beyond = await infoOf(path, { entries: { from: 8 } })
  expect([beyond.entries, beyond.entries_next]).toEqual([[], null])
  expect(stage.site.requests('/status/404')).toHaveLength(before)
})

test('a list of nothing is an empty list, and a video is a video', async () => {
  expect(await infoOf('/lists/feed.xml', { entries: {} })).toMatchObject({ entries: [], entries_next: null })
  const video = await infoOf('/jsonld', { entries: {} })
  expect(video).toMatchObject({ title: 'A described video', formats: [expect.anything()] })
  expect(video).not.toHaveProperty('entries')
})

test('entries that are too much for one answer are cut, and the next page begins with what was cut', async () => {
  const path = `${feedOf(100)}&pad=1000`
  const first = await infoOf(path, { entries: { count: 100 } })
  const reported = first.entries ?? []
  expect(reported.length).toBeGreaterThan(20)
  expect(reported.length).toBeLessThan(100)
  expect(first.warnings).toContain('result_shortened')
  expect(first.entries_next).toBe(reported.length + 1)
  const second = await infoOf(path, { entries: { from: first.entries_next ?? 0, count: 100 } })
  expect(second.entries?.[0]?.index).toBe(reported.length + 1)
})

test('a list that a page leads to is reported as well, and an entry that leads to a list is not followed', async () => {
  const { entries } = await infoOf('/several', { entries: {} })
  expect(entries).toHaveLength(3)
})
