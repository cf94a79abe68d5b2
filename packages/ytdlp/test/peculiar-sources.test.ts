/** What every player takes is taken: marks, pictures, bases and referers; and of titles nothing goes but what is unseen. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Stage, startStage, streamsOf, WARM } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ warm: WARM })
})
afterAll(() => stage.stop())

test.each([
  ['a picture before each segment: PNG', '/peculiar/picture.m3u8?picture=png'],
  ['JPEG, full of sync bytes', '/peculiar/picture.m3u8?picture=jpeg'],
  ['GIF', '/peculiar/picture.m3u8?picture=gif'],
  ['a playlist with a byte-order mark', '/samples/hls-bom.m3u8'],
  ['a page with a base that is a path', '/peculiar/base?base=/hls/&src=simple.m3u8'],
  ['a page with a base that is a relative path', '/peculiar/base?base=../hls/x&src=simple.m3u8'],
  ['a page whose base changes nothing', '/peculiar/base?base=/nowhere/&src=/hls/simple.m3u8'],
  ['a page whose HLS wants a Referer', '/peculiar/page?how=video'],
  ['a described page whose HLS wants a Referer', '/peculiar/page?how=jsonld'],
])('%s', async (_what, path) => {
  const url = stage.site.url(path)
  const records: Buffer[] = []
  const info = await stage.engine.extractInfo({ url, onRecord: (record) => records.push(record) }, await stage.job())
  expect(info.formats.length).toBeGreaterThan(0)
  for (const extraction of [null, records[0] ?? null]) {
    let stale = 0
    const request = { url, options: {}, extraction, onStale: () => (stale += 1) }
    const { path: file } = await stage.engine.download(request, await stage.job())
    expect(await streamsOf(file)).toEqual(['audio', 'video'])
    expect(stale).toBe(0)
  }
})

test.each([
  ['joiners', 'क्‍ष می‌خواهم 👩‍🚀', 'क्‍ष می‌خواهم 👩‍🚀'],
  [
    'emoji of Unicode 16 and 17, and letters not given yet',
    '🫩 \u{1fac8} \u{1fae6} \u{323b0}',
    '🫩 \u{1fac8} \u{1fae6} \u{323b0}',
  ],
  ['flags, variation selectors, soft hyphens', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☺️ hy\u00adphen', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☺️ hy\u00adphen'],
  ['direction marks', '\u202egnp.exe\u202c \u200f\u2066x\u2069', ' gnp.exe    x '],
  ['control characters', 'a\u0007b\u001b[31m\u0085c\u007f', 'a b [31m c '],
])('a title with %s', async (_what, title, shown) => {
  const url = stage.site.url('/jsonld', { title })
  const info = await stage.engine.extractInfo({ url }, await stage.job())
  expect(String(info.title).trim()).toBe(shown.trim())
})
