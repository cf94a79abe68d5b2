/** What a download of many files keeps of each, and that nothing of it is lost. */
import { expect, test } from '@jest/globals'
import { type DownloadResult, downloadResult, type FileEntry, filesOf } from '@video-scraper/contracts'

const media: FileEntry = {
  filename: `a-video-${'0'.repeat(32)}.mp4`,
  jobId: `download_${'0'.repeat(32)}`,
  owner: 'anonymous',
  title: '🎬'.repeat(1000),
  sourceUrl: `https://example.com/${'x'.repeat(4000)}`,
  mediaType: 'video/mp4',
  durationSeconds: 3600,
  sizeBytes: 1_000_000,
  sha256: 'a'.repeat(64),
  createdAt: 1,
  expiresAt: 2,
}

const { jobId, owner, title, sourceUrl, createdAt, expiresAt } = media
const chapter = (at: number): FileEntry => ({
  ...{ jobId, owner, title, sourceUrl, createdAt, expiresAt },
  filename: `${'a'.repeat(64)}-${'0'.repeat(32)}-${at}-chapter.webm`,
  mediaType: 'video/webm',
  durationSeconds: 1.234567,
  sizeBytes: 100_000_000_000,
  sha256: 'b'.repeat(64),
  role: 'chapter',
  part: { start: 1234.567, end: 2345.678, title: '🎬'.repeat(200) },
})
const chapters = Array.from({ length: 141 }, (_, at) => chapter(at + 2))
const stored = (result: DownloadResult) => JSON.stringify(result)
const read = (text: string) => filesOf(JSON.parse(text) as DownloadResult)

test('all fields of all files come back, but the names of the others, which the list itself says', () => {
  const otherFiles = chapters.map(({ filename }) => filename)
  expect(read(stored(downloadResult({ ...media, otherFiles }, chapters)))).toEqual([media, ...chapters])
  expect(read(stored(downloadResult(media, [])))).toEqual([media])
})

test('what differs from the media is kept', () => {
  const other = { ...chapter(2), expiresAt: null, title: 'another' }
  expect(read(stored(downloadResult(media, [other])))).toEqual([media, other])
})

test('as many files as a download may have, with the longest names and titles, take less than 200 KiB', () => {
  const text = stored(downloadResult({ ...media, otherFiles: chapters.map(({ filename }) => filename) }, chapters))
  expect(Buffer.byteLength(text)).toBeLessThan(200 * 1024)
  expect(text.indexOf(',"others":[')).toBeLessThan(10 * 1024)
})

test('a result of an earlier release, which held every file whole and the media twice, is read as it was meant', () => {
  expect(read(JSON.stringify({ ...media, files: [media, chapter(2)] }))).toEqual([media, chapter(2)])
})
