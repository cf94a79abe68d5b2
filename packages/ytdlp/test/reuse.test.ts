/** What one job found out serves the next: the record of an info job in a download, and no longer than it is good. */
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync, inflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { createTargetPolicy, startEgressProxy } from '@video-scraper/egress'
import { readRuntime, startListener } from '@video-scraper/testkit'
import type { Engine } from '../src/index.ts'
import { type Stage, startStage, streamsOf, WARM } from './stage.ts'

const PYTHON_FOLDER = fileURLToPath(new URL('../python', import.meta.url))

let stage: Stage
let warm: Engine
beforeAll(async () => {
  stage = await startStage()
  warm = stage.engineWith({ warm: WARM })
  await warm.warmUp()
})
afterAll(() => stage.stop())

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

async function recordOf(url: string, engine = warm): Promise<Buffer> {
  const records: Buffer[] = []
  await engine.extractInfo({ url, onRecord: (record) => records.push(record) }, await stage.job())
  expect(records).toHaveLength(1)
  return records[0] ?? Buffer.alloc(0)
}

/** Downloads with a record, and says how often it turned out to be stale. */
async function downloadWith(
  record: Buffer,
  url: string,
  { engine = warm, options = {} }: { engine?: Engine; options?: DownloadOptions } = {},
) {
  let stale = 0
  const job = await stage.job()
  const onStale = () => {
    stale += 1
  }
  const media = await engine.download({ url, options, extraction: record, onStale }, job)
  return { media, job, stale }
}

type Fields = Record<string, unknown>
const opened = (record: Buffer): Fields => JSON.parse(inflateSync(record).toString()) as Fields
/** The record with something else in it, as if the source had meant it. */
const changed = (record: Buffer, change: (video: Fields) => void): Buffer => {
  const video = opened(record)
  change(video)
  return deflateSync(JSON.stringify(video))
}
const withMediaAt = (record: Buffer, address: string): Buffer =>
  changed(record, (video) => {
    video.url = address
    for (const format of video.formats as Fields[]) format.url = address
  })

const pagesAskedFor = (path: string) => stage.site.requests(path).length

test.each([
  ['cold', () => stage.engine],
  ['warm', () => warm],
])('a download with a record fetches the media and not the page, %s', async (_name, engineOf) => {
  const url = stage.site.url('/jsonld', { title: 'once' })
  const record = await recordOf(url, engineOf())
  const before = pagesAskedFor('/jsonld')
  const { media, stale } = await downloadWith(record, url, { engine: engineOf() })
  expect(pagesAskedFor('/jsonld')).toBe(before)
  expect(stale).toBe(0)
  expect(media.title).toBe('once')
  expect(await streamsOf(media.path)).toEqual(['audio', 'video'])
})

test.each(['/hls/master.m3u8', '/dash/manifest.mpd'])('%s: parts are chosen and merged from a record', async (path) => {
  const url = stage.site.url(path)
  const { media, stale, job } = await downloadWith(await recordOf(url), url)
  expect(stale).toBe(0)
  expect(await streamsOf(media.path)).toEqual(['audio', 'video'])
  expect(job.seen.map(({ fraction }) => fraction)).toContain(0.95)
})

test.each([403, 404, 410])(
  'addresses that answer %i by now lead to a fresh look, and the download ends well',
  async (status) => {
    const url = stage.site.url('/jsonld', { title: `expired ${status}` })
    const record = withMediaAt(await recordOf(url), stage.site.url(`/status/${status}.mp4`))
    const before = pagesAskedFor('/jsonld')
    const { media, stale, job } = await downloadWith(record, url)
    expect(stale).toBe(1)
    expect(pagesAskedFor('/jsonld')).toBe(before + 1)
    expect(await streamsOf(media.path)).toEqual(['audio', 'video'])
    const fractions = job.seen.map(({ fraction }) => fraction)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  },
)

test('a format that a record does not have is looked for anew', async () => {
  const url = stage.site.url('/jsonld', { title: 'renamed' })
  const { formats } = await warm.extractInfo({ url }, await stage.job())
  const record = changed(await recordOf(url), (video) => {
    for (const format of video.formats as Fields[]) format.format_id = 'gone'
  })
  const { stale } = await downloadWith(record, url, { options: { format_id: formats[0]?.format_id ?? '' } })
  expect(stale).toBe(1)
})

test('a record that cannot be read is no error', async () => {
  const url = stage.site.url('/jsonld', { title: 'broken' })
  const { media, stale } = await downloadWith(Buffer.from('no record at all'), url)
  expect(media.title).toBe('broken')
  expect(stale).toBe(0)
})

test('what fails with the record and without it is named for what the source says now', async () => {
  const url = stage.site.url('/status/404.mp4')
  const record = withMediaAt(await recordOf(stage.site.url('/video.mp4')), stage.site.url('/status/403.mp4'))
  await expect(downloadWith(record, url)).rejects.toMatchObject({ code: 'video_unavailable' })
})

test('what is too large is not looked for a second time', async () => {
  const url = stage.site.url('/jsonld', { src: '/big.mp4?bytes=3000000', title: 'large' })
  const record = await recordOf(url)
  const before = pagesAskedFor('/jsonld')
  const small = stage.engineWith({ maxFileBytes: 1_000_000, warm: WARM })
  await expect(downloadWith(record, url, { engine: small })).rejects.toMatchObject({ code: 'file_too_large' })
  expect(pagesAskedFor('/jsonld')).toBe(before)
})

test('the bytes of addresses that broke off do not count against the limit of what is fetched instead', async () => {
  const url = stage.site.url('/jsonld', { src: '/big.mp4?bytes=600000', title: 'weighed' })
  const broken = stage.site.url('/reset.mp4', { bytes: 800_000, after: 300_000 })
  const record = changed(withMediaAt(await recordOf(url), broken), (video) => {
    for (const format of video.formats as Fields[]) format.format_id = 'other'
  })
  const engine = stage.engineWith({ maxFileBytes: 1_000_000, warm: WARM })
  const { media, stale } = await downloadWith(record, url, { engine })
  expect(stale).toBe(1)
  expect((await readFile(media.path)).length).toBe(600_000)
})

test('addresses of a record are checked like all others: one that leads inside is never connected to', async () => {
  const inside = await startListener()
  endings.push(() => inside.stop())
  const url = stage.site.url('/jsonld', { title: 'checked' })
  const record = withMediaAt(await recordOf(url), `http://127.0.0.1:${inside.port}/video.mp4`)
  const { media, stale, job } = await downloadWith(record, url)
  expect(inside.connections()).toEqual([])
  expect(job.egress.blocked()).toBe(true)
  expect(stale).toBe(1)
  expect(media.title).toBe('checked')
})

test('a record from where a site was allowed fetches nothing where it is not', async () => {
  const url = stage.site.url('/video.mp4', { title: 'forbidden' })
  const record = await recordOf(url)
  const strict = await startEgressProxy({ policy: createTargetPolicy({ allow: [] }) })
  endings.push(() => strict.close())
  const before = stage.site.requests().length
  const job = await stage.job()
  const egress = strict.admit(job.jobId)
  const download = warm.download({ url, options: {}, extraction: record }, { ...job, egress })
  await expect(download).rejects.toMatchObject({ code: 'blocked_target' })
  expect(stage.site.requests()).toHaveLength(before)
})

test('a folder gets a record once: an attempt after a crash looks for itself', async () => {
  const url = stage.site.url('/jsonld', { title: 'twice' })
  const record = await recordOf(url)
  const job = await stage.job()
  const before = pagesAskedFor('/jsonld')
  await warm.download({ url, options: {}, extraction: record }, job)
  expect(pagesAskedFor('/jsonld')).toBe(before)
  await warm.download({ url, options: {}, extraction: record }, job)
  expect(pagesAskedFor('/jsonld')).toBe(before + 1)
  expect(await readFile(join(job.folder, 'extraction'))).toEqual(record)
})

const PACK = `
import json, random, sys
sys.path[:0] = sys.argv[1:3]
from extraction import PACKED_BYTES_MAX, packed, unpacked
noise = random.Random(1).randbytes(PACKED_BYTES_MAX).hex()
video = {'id': 'first', '_type': 'video', 'subtitles': {}, **{name: [noise] for name in ('automatic_captions', 'comments', 'heatmap')}}
with open(sys.argv[3], 'wb') as file:
    import base64
    file.write(base64.b64decode(packed(video)))
print(json.dumps([packed({'id': 'a', 'title': noise * 2}), packed({'_type': 'playlist', 'entries': [video]}), unpacked(sys.argv[3]),
                  packed({**video, 'url': 'https://a.example/pot/TOKEN-1'}, ['TOKEN-1']), packed(video, ['TOKEN-1']) == packed(video)]))
`

test('a record that is too large, of no video, or with a secret in it, is not reported', async () => {
  const { python, ytdlp } = readRuntime()
  const { folder } = await stage.job()
  const words = ['-I', '-S', '-B', '-c', PACK, PYTHON_FOLDER, ytdlp, join(folder, 'extraction')]
  const reported = JSON.parse(execFileSync(python, words, { env: {}, encoding: 'utf8' }))
  expect(reported).toEqual([
    null,
    null,
    expect.objectContaining({ id: 'first', _type: 'video', subtitles: {} }),
    null,
    true,
  ])
  // Each of these alone would be too large for a record.
  expect(Object.keys(reported[2])).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/captions|comments|heatmap/)]),
  )
})

test('the same video in the same formats is distinguished from all others', async () => {
  const identityOf = async (path: string, options: DownloadOptions = {}, query = {}) => {
    const seen: string[] = []
    const url = stage.site.url(path, query)
    await warm.download({ url, options, onIdentity: (identity) => seen.push(identity) }, await stage.job())
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatch(/^[0-9a-f]{64}$/)
    return seen[0]
  }
  const page = await identityOf('/jsonld')
  expect(await identityOf('/jsonld')).toBe(page)
  expect(await identityOf('/jsonld', {}, { title: 'another name' })).not.toBe(page)
  const { formats } = await warm.extractInfo({ url: stage.site.url('/jsonld') }, await stage.job())
  expect(await identityOf('/jsonld', { format_id: formats[0]?.format_id ?? '' })).toBe(page)
  expect(await identityOf('/jsonld', {}, { src: '/video.mp4?another' })).not.toBe(page)
})

test('the fingerprint is the same for the same yt-dlp, and another for another', async () => {
  expect(warm.fingerprint()).toBe(stage.engine.fingerprint())
  expect(stage.engineWith({ home: '/nowhere' }).fingerprint()).not.toBe(stage.engine.fingerprint())
  expect(stage.engine.fingerprint()).toMatch(/^[0-9a-f]{64}$/)
})
