/** The list of downloads, narrowed down by time, extension and text. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const DOWNLOADS = '/api/video-scraper/downloads'
const day = (number: number) => Date.UTC(2026, 4, number)

/** Three files of three days, the newest last. */
async function published() {
  const name = (digit: string) => `film-${digit.repeat(32)}`
  const files = [
    { title: 'Ein Äpfel-Film', filename: `${name('1')}.mp4`, sourceUrl: 'https://example.com/watch?v=one' },
    { title: 'CATS & dogs 100%', filename: `${name('2')}.webm`, sourceUrl: 'https://video.example.org/two' },
    { title: 'Cats again', filename: `${name('3')}.mp4`, sourceUrl: 'https://example.com/three' },
  ]
  for (const [at, file] of files.entries()) {
    await publishFile(rig, { jobId: downloadId(String(at + 1)), createdAt: day(at + 1), expiresAt: null, ...file })
  }
  await publishFile(rig, { jobId: downloadId('4'), owner: 'somebody', title: 'Cats of somebody' })
}

const numbersIn = (reply: { json(): { filename: string }[] }) => reply.json().map(({ filename }) => Number(filename[5]))

test.each<[string, Record<string, string>, number[]]>([
  ['nothing', {}, [3, 2, 1]],
  ['text of titles, in any case', { text: 'cats' }, [3, 2]],
  ['text of titles in another script, in any case', { text: 'äPFEL' }, [1]],
  ['text that is written apart', { text: 'A\u0308pfel' }, [1]],
  ['text of the source', { text: 'example.com' }, [3, 1]],
  ['text of the file name', { text: 'film-2' }, [2]],
  ['characters that a query must escape', { text: '& dogs 100%' }, [2]],
  ['characters of patterns', { text: '.*' }, []],
  ['an extension', { extension: 'mp4' }, [3, 1]],
  ['an extension with its dot, in any case', { extension: '.WebM' }, [2]],
  ['an extension that no file has', { extension: 'mkv' }, []],
  ['later than', { created_after: '2026-05-01T00:00:00Z' }, [3, 2]],
  ['earlier than, in another zone', { created_before: '2026-05-02T02:00:00+02:00' }, [1]],
  ['all at once', { text: 'CATS', extension: 'mp4', created_after: '2026-05-01T12:00:00.5Z' }, [3]],
])('by %s', async (_what, query, expected) => {
  const { get } = await rig.standing()
  await published()
  expect(numbersIn(await get(`${DOWNLOADS}?${new URLSearchParams(query)}`))).toEqual(expected)
})

test('Link carries the search on to the next page', async () => {
  const { get } = await rig.standing()
  await published()
  const query = new URLSearchParams({ limit: '1', text: 'cats', created_after: '2026-05-01T00:00:00+00:00' })
  const first = await get(`${DOWNLOADS}?${query}`)
  expect(numbersIn(first)).toEqual([3])
  const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(String(first.headers.link)) ?? []
  expect(next).toContain('text=cats')
  const second = await get(next)
  expect(numbersIn(second)).toEqual([2])
  const [, last = ''] = /^<([^>]+)>; rel="next"$/.exec(String(second.headers.link)) ?? []
  // A search cannot know that nothing else matches before it has looked.
  if (last !== '') expect(numbersIn(await get(last))).toEqual([])
})

test.each([
  'created_after=yesterday',
  'created_after=2026-05-01',
  'created_before=2026-13-01T00:00:00Z',
  'created_before=2026-05-01T00:00:00',
  'created_after=2016-12-31T23:59:60Z',
  'extension=',
  'extension=m/4',
  `extension=${'x'.repeat(11)}`,
  'text=',
  `text=${'x'.repeat(201)}`,
  'text=a&text=b',
])('%s is a 400 that names the field', async (query) => {
  const { get } = await rig.standing()
  const reply = await get(`${DOWNLOADS}?${query}`)
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  expect(reply.json().details[0].field).toBe(`/${query.split('=')[0]}`)
})

test('whatever text is searched for, nothing but files of one’s own is found', async () => {
  const { get } = await rig.standing()
  await published()
  for (const text of ['\u0000', '{"owner"', 'anonymous', '💥'.repeat(50), 'somebody']) {
    expect((await get(`${DOWNLOADS}?text=${encodeURIComponent(text)}`)).json()).toEqual([])
  }
})
