/** A page of a list that says too much: it stays in its bounds, and who reads on gets further. */
import { expect, test } from '@jest/globals'
import { inPython } from './in-python.ts'

const BYTES_MAX = 65_536
/** Twelve bytes of JSON each. */
const WIDE = '🎬'

interface Reported {
  shortened: boolean
  description: string | null
  thumbnail: string | null
  channel_url: string | null
  entries: { index: number; title: string; url: string | null }[]
  entries_next: number | null
}

const LISTING = 'from listing import _entry, described_listing'
async function reported(list: object, entries: object[], next: number | null = null): Promise<Reported> {
  const given = { ...list, playlist_count: 200, entries, entries_next: next }
  const [found, bytes] = (await inPython(
    given,
    LISTING,
    "given['entries'] = [_entry(at, each) for at, each in enumerate(given['entries'], 7)]",
    'found = described_listing(given)',
    'answer = [found, len(json.dumps(found))]',
  )) as [Reported, number]
  expect(bytes).toBeLessThanOrEqual(BYTES_MAX)
  return found
}

const entry = (at: number) => ({ id: String(at), title: `Entry ${at}`, url: `https://example.com/${at}` })

test('a long description goes before any entry does', async () => {
  const { entries, entries_next, shortened, description, thumbnail } = await reported(
    { description: WIDE.repeat(20_000), thumbnail: 'https://example.com/1' },
    [entry(1), entry(2)],
  )
  expect(entries.map(({ title }) => title)).toEqual(['Entry 1', 'Entry 2'])
  expect([entries_next, shortened, description, thumbnail]).toEqual([null, true, null, 'https://example.com/1'])
})

test('a description that fits stays, and one that was cut is said', async () => {
  expect(await reported({ description: 'Short.' }, [entry(1)])).toMatchObject({
    description: 'Short.',
    shortened: false,
  })
  expect((await reported({ description: 'x'.repeat(20_001) }, [entry(1)])).shortened).toBe(true)
})

test('the first entry stays, however long all texts are', async () => {
  const fields = ['title', 'uploader', 'thumbnail', 'webpage_url', 'id', 'description', 'channel', 'channel_url']
  const long = Object.fromEntries(
    [...fields, 'channel_id', 'live_status', 'url'].map((name) => [name, WIDE.repeat(4096)]),
  )
  const { entries, entries_next, shortened } = await reported(long, [long, long, long])
  expect(entries.map(({ index }) => index)).toEqual([7])
  expect(entries[0]?.title).not.toBe('')
  expect([entries_next, shortened]).toEqual([8, true])
})
