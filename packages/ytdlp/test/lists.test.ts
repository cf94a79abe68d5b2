/** What an address is that leads to a list: its first video, as yt-dlp describes it, or the truth about why there is none. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { type Stage, startStage, streamsOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const infoOf = async (path: string) => {
  const job = await stage.job()
  const info = await stage.engine.extractInfo({ url: stage.site.url(path) }, job)
  return { info, warnings: job.seen.at(-1)?.warnings ?? [] }
}
const download = async (path: string) => {
  const job = await stage.job()
  const media = await stage.engine.download({ url: stage.site.url(path), options: {} }, job)
  return { media, warnings: job.seen.at(-1)?.warnings ?? [] }
}

type Described = Readonly<Record<string, unknown>> & { entries?: (Described | null)[] }

/** The first video of what `yt-dlp -J` prints. */
async function describedByYtdlp(path: string): Promise<Described> {
  const { python, ytdlp } = readRuntime()
  const script = 'import sys; sys.path.insert(0, sys.argv.pop(1)); import yt_dlp; yt_dlp.main(sys.argv[1:])'
  const words = ['-I', '-S', '-B', '-c', script, ytdlp, '--ignore-config', '-J', stage.site.url(path)]
  const { stdout } = await promisify(execFile)(python, words, { maxBuffer: 2 ** 24 })
  let found = JSON.parse(stdout) as Described
  while (found.entries) {
    const first = found.entries.find((entry) => entry !== null)
    if (first === undefined || first === null) throw new Error('yt-dlp found no video.')
    found = first
  }
  return found
}

const FEED = '/lists/feed.xml?item='
const inFeed = (path: string) => `link:${encodeURIComponent(path)}`

test.each([
  ['one enclosure', `${FEED}enclosure:/audio.mp3`, null],
  ['one enclosure without an id', `${FEED}enclosure:/audio.mp3&guid=none`, null],
  ['two enclosures', `${FEED}enclosure:/audio.m4a&item=enclosure:/audio.mp3`, 'more_videos'],
  ['an enclosure and a link', `${FEED}both:/video.mp4`, null],
  ['a link to a page with a video', `${FEED}link:/page`, null],
  ['a link to a page with several videos', `${FEED}link:/several`, 'more_videos'],
  ['a link to another feed', `${FEED}${inFeed(`${FEED}link:/jsonld&item=link:/page`)}`, 'more_videos'],
  ['a list in XSPF', '/lists/list.xspf?location=/audio.mp3&location=/video.mp4', 'more_videos'],
  ['a list that is itself and then a video', '/lists/itself.xml?then=/page', 'more_videos'],
])('%s: the first video, as yt-dlp describes it, and as a file', async (_what, path, warning) => {
  const [{ info, warnings }, theirs] = [await infoOf(path), await describedByYtdlp(path)]
  expect(info).toMatchObject({
    id: theirs.id,
    title: theirs.title,
    duration: theirs.duration ?? null,
    extractor: theirs.extractor,
    // With a guid, the generic extractor leaves a note to itself on the address.
    webpage_url: String(theirs.webpage_url).split('#__youtubedl_smuggle')[0],
  })
  const ids = (formats: unknown) => (formats as { format_id: string }[]).map(({ format_id }) => format_id)
  expect(ids(info.formats)).toEqual(ids(theirs.formats ?? [theirs]))
  if (warning === null) expect(warnings).not.toContain('more_videos')
  else expect(warnings).toContain(warning)

  const { media, warnings: also } = await download(path)
  expect(media.title).toBe(info.title)
  expect(await streamsOf(media.path)).toContain('audio')
  expect(also.includes('more_videos')).toBe(warning !== null)
})

test.each([
  ['is gone', '/status/404'],
  ['holds no video', '/page-without-video'],
  ['is a list of nothing', '/lists/feed.xml'],
])('an entry that %s is passed over, with a warning', async (_what, path) => {
  const { info, warnings } = await infoOf(`${FEED}link:${path}&item=link:/jsonld`)
  expect(info).toMatchObject({ title: 'Episode 2', playlist_count: 2 })
  expect(info.formats).toHaveLength(1)
  expect(warnings).toEqual(expect.arrayContaining(['entries_skipped', 'more_videos']))
  const { media } = await download(`${FEED}link:${path}&item=link:/jsonld`)
  expect(media.title).toBe('Episode 2')
})

test.each([
  ['a list of nothing', '/lists/feed.xml', 'unsupported_url'],
  ['a list of entries without an address', `${FEED}nothing:`, 'unsupported_url'],
  ['a list of nothing but a page without a video', `${FEED}link:/page-without-video`, 'unsupported_url'],
  ['a list of nothing but what is gone', `${FEED}link:/status/404&item=link:/status/410`, 'video_unavailable'],
  [
    'a list of more broken entries than are looked at',
    `${FEED}link:/status/404${'&item=link:/status/404'.repeat(12)}`,
    'video_unavailable',
  ],
  ['a list whose first entry fails for the moment', `${FEED}link:/status/503&item=link:/page`, 'network_error'],
  ['a list whose first entry asks for a login', `${FEED}link:/status/401&item=link:/page`, 'login_required'],
  ['a list of itself', '/lists/itself.xml', 'unsupported_url'],
  ['an Atom feed, which yt-dlp does not know', '/lists/atom.xml', 'unsupported_url'],
  ['a feed that leads to a feed for ever', '/lists/endless.xml', 'unsupported_url'],
  ['a page that refreshes to a page for ever', '/lists/endless-pages', 'unsupported_url'],
  ['a page whose player is a page for ever', '/lists/endless-pages?by=player', 'unsupported_url'],
])('%s fails with its reason', async (_what, path, code) => {
  const before = stage.site.requests().length
  await expect(infoOf(path)).rejects.toMatchObject({ code })
  await expect(download(path)).rejects.toMatchObject({ code })
  expect(stage.site.requests().length - before).toBeLessThan(250)
})

test('the media of a first entry that fails is not the next entry', async () => {
  const path = `${FEED}link:/page-media-403&item=link:/page`
  await expect(download(path)).rejects.toMatchObject({ code: 'forbidden' })
})
