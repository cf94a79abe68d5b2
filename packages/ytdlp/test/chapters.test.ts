/** Which chapters there are, by what a source says of them. */
import { expect, test } from '@jest/globals'
import { inPython } from './in-python.ts'

const chaptersOf = (chapters: unknown[]) =>
  inPython({ duration: 300, chapters }, 'from chapters import named_chapters', 'answer = named_chapters(given)')
const chapter = (start: number, end: number | null, title: string | null = null) => ({
  start_time: start,
  end_time: end,
  title,
})

test('chapters one after the other stay as they are; what has no end ends with the next one, or with all', async () => {
  const found = await chaptersOf([chapter(0, 100, 'One'), chapter(120, null, 'Two'), chapter(200, null, 'Three')])
  expect(found).toEqual([
    [0, 100, 'One'],
    [120, 200, 'Two'],
    [200, 300, 'Three'],
  ])
})

test('chapters that all last to the end end where the next one begins', async () => {
  const found = await chaptersOf([chapter(0, 300), chapter(99.5, 300), chapter(200, 300)])
  expect(found).toEqual([
    [0, 99.5, null],
    [99.5, 200, null],
    [200, 300, null],
  ])
})

test.each([
  ['the whole a hundred times', Array.from({ length: 100 }, () => chapter(0, 300))],
  ['the whole and a part, in turns', Array.from({ length: 100 }, (_, at) => chapter(at % 2 ? 0 : 250, 300))],
  ['backwards', Array.from({ length: 100 }, (_, at) => chapter(200 - at, 300))],
])('together they are no longer than the video: %s', async (_what, chapters) => {
  const found = (await chaptersOf(chapters)) as [number, number, unknown][]
  expect(found.length).toBeGreaterThan(0)
  expect(found.reduce((sum, [start, end]) => sum + end - start, 0)).toBeLessThanOrEqual(300)
})

test('a name that yt-dlp made is none', async () => {
  const found = await chaptersOf([chapter(0, 1, '<Untitled Chapter 1>'), chapter(1, 2, 'On <Untitled Chapter 2>')])
  expect(found).toEqual([
    [0, 1, null],
    [1, 2, 'On <Untitled Chapter 2>'],
  ])
})
