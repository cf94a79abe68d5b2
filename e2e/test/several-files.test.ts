/** A download of several files, from a page to an archive: the real gateway, worker and yt-dlp. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene(UNLIMITED)
}, 150_000)
afterAll(() => scene?.stop())

interface File {
  filename: string
  role: string
  language: string | null
  size_bytes: number
  media_type: string
  sha256: string
  download_url: string
}

const asked = { subtitles: { languages: ['en', 'de', 'ja'], format: 'srt' }, thumbnail: true }

async function completed(options: object) {
  const wanted = { url: scene.site.url('/captioned'), ...options }
  const { status, body } = await scene.client.post('/api/video-scraper/download', wanted)
  expect(status).toBe(202)
  return await scene.client.ended(String(body.download_id))
}

test('subtitles and a picture are files of the download, each as it is described, and the archive holds all of them', async () => {
  const download = await completed(asked)
  expect(download).toMatchObject({ status: 'completed', media_type: 'video/mp4' })
  expect(download.warnings).toContainEqual(expect.objectContaining({ code: 'subtitles_missing' }))
  const files = download.files as File[]
  expect(files.map(({ role, language, media_type: type }) => [role, language, type])).toEqual([
    ['media', null, 'video/mp4'],
    ['subtitle', 'en-GB', 'application/x-subrip'],
    ['subtitle', 'de', 'application/x-subrip'],
    ['thumbnail', null, 'image/jpeg'],
  ])
  for (const file of files) {
    const bytes = Buffer.from(await (await fetch(`${scene.gateway.origin}${file.download_url}`)).arrayBuffer())
    expect(bytes.length).toBe(file.size_bytes)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
  }
  const archive = await fetch(`${scene.gateway.origin}${download.archive_url}`)
  const bytes = Buffer.from(await archive.arrayBuffer())
  expect(Number(archive.headers.get('content-length'))).toBe(bytes.length)
  expect(bytes.length).toBeGreaterThan(files.reduce((sum, { size_bytes: size }) => sum + size, 0))
})

test('clips are files of the download that say which part they are, and a clip behind the end is said', async () => {
  const clips = [
    { start: 1, end: 2, exact: true },
    { start: 20, end: 30 },
    { start: 0.5, end: 30 },
  ]
  const download = await completed({ clips })
  expect(download.warnings).toContainEqual(expect.objectContaining({ code: 'clips_missing' }))
  const [media, exact, copied, ...more] = download.files as (File & { part?: object })[]
  expect([media?.role, media?.part, more]).toEqual(['media', undefined, []])
  expect(exact).toMatchObject({ role: 'clip', media_type: 'video/mp4', part: { start: 1, end: 2, title: null } })
  expect(copied).toMatchObject({ role: 'clip', media_type: 'video/mp4', part: { start: 0.5, title: null } })
  expect(exact?.filename).toMatch(/-2-clip\.mp4$/)
  expect((await completed({ clips })).cached).toBe(true)
})

test('who asks for the same gets the same files; who asks for others gets others', async () => {
  const first = await completed(asked)
  const again = await completed(asked)
  expect([again.cached, again.files]).toEqual([true, first.files])
  const other = await completed({ thumbnail: true })
  expect((other.files as File[]).map(({ role }) => role)).toEqual(['media', 'thumbnail'])
  expect((await completed({})).files).toHaveLength(1)
})

test.each([
  ['no language', { subtitles: { languages: [] } }],
  ['a word that is no language', { subtitles: { languages: ['.*'] } }],
  ['a format that there is not', { subtitles: { languages: ['en'], format: 'ass' } }],
  ['a field that there is not', { subtitles: { languages: ['en'], all: true } }],
  ['a thumbnail by its name', { thumbnail: 'maxres.jpg' }],
])('%s is refused', async (_, options) => {
  const { status, body } = await scene.client.post('/api/video-scraper/download', {
    url: 'https://a.example/',
    ...options,
  })
  expect([status, body.code]).toEqual([400, 'invalid_request'])
})
