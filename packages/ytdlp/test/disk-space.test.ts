/** A download that cannot fit is refused by its plan, before it fetches; and its size is reported as soon as it is known. */
import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import type { JobContext, PlannedSize } from '../src/index.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const EVERYTHING = { diskBytes: Number.POSITIVE_INFINITY, ownerBytes: Number.POSITIVE_INFINITY }

async function download(url: string, space?: JobContext['space'], options: DownloadOptions = {}) {
  const sizes: PlannedSize[] = []
  const job = await stage.job()
  const context = { ...job, ...(space && { space }), onSize: (size: PlannedSize) => sizes.push(size) }
  const failure = await stage.engine.download({ url, options }, context).then(
    () => null,
    (error: unknown) => error,
  )
  const media = (await readdir(job.folder)).filter((name) => name.startsWith('media'))
  return { failure, sizes, media }
}

/** A page that says how large its video is: 5 MB, whatever it then sends. */
const pageOf = (src: string) => stage.site.url('/jsonld', { src, size: 5_000_000 })

test.each([
  ['disk_full', 'the disk', { diskBytes: 4_999_999, ownerBytes: Number.POSITIVE_INFINITY }],
  ['quota_exceeded', 'the quota', { diskBytes: Number.POSITIVE_INFINITY, ownerBytes: 4_999_999 }],
])('a plan that does not fit ends as %s before anything is fetched: %s', async (code, _what, space) => {
  const { failure, media } = await download(pageOf(`/video.mp4?${code}`), space)
  expect(failure).toMatchObject({ code })
  expect(media).toEqual([])
  // yt-dlp has looked at its beginning once, to see what it is.
  expect(stage.site.requests('/video.mp4').filter(({ search }) => search === `?${code}`)).toHaveLength(1)
})

test('a plan that just fits is carried out', async () => {
  const { failure, sizes, media } = await download(pageOf('/video.mp4'), {
    diskBytes: 5_000_000,
    ownerBytes: 5_000_000,
  })
  expect(failure).toBeNull()
  expect(media).toHaveLength(1)
  expect(sizes).toEqual([{ fileBytes: 5_000_000, copies: 1 }])
})

test('a size that the page does not state is reported when the source states it', async () => {
  const { failure, sizes } = await download(stage.site.url('/big.mp4', { bytes: 1_000_000, rate: 0 }), EVERYTHING)
  expect(failure).toBeNull()
  expect(sizes).toEqual([
    { fileBytes: null, copies: 1 },
    { fileBytes: 1_000_000, copies: 1 },
  ])
})

test.each(['/dash/manifest.mpd', '/hls/master.m3u8', '/hls/simple.m3u8'])(
  'what is put together at the end is needed twice: %s',
  async (path) => {
    const { failure, sizes } = await download(stage.site.url(path))
    expect(failure).toBeNull()
    expect(sizes[0]).toMatchObject({ copies: 2 })
  },
)

test('what is encoded again later is no part of the plan: it claims its space when it is its turn', async () => {
  const options = { compatibility: 'universal', transcode: true } as const
  const codecs = 'vp09.00.10.08,mp4a.40.2'
  const url = stage.site.url('/hls-claims.m3u8', { playlist: '/hls/high.m3u8', codecs })
  const { sizes } = await download(url, undefined, options)
  expect(sizes[0]).toMatchObject({ copies: 2 })
})
