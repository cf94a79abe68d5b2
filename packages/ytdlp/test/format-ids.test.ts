/** Whatever is listed can be asked for, however the source names it, and gets exactly that format. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isFormatId } from '@video-scraper/core'
import { type Stage, startStage, streamsOf, WARM } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ warm: WARM })
})
afterAll(() => stage.stop())

const NAMES = [
  ...[
    'हिन्दी',
    'Français',
    "Director's_Commentary",
    'עברית',
    'العربية\u200f',
    'क्‍ष',
    '👩‍🚀 🫩',
    'a+b',
    'a b,c/d',
    '[x](y)',
  ],
  ...[
    'back\\slash',
    "'] + b*[a='",
    '$(touch pwned)',
    '%(title)s',
    '..',
    '-f',
    'tab\tbell\u0007',
    '\u202eltr',
    '*',
    '\ufeff',
  ],
  ...['x'.repeat(320), 'é'.repeat(320), `${'é'.repeat(320)}!`],
]
const IDS = [...NAMES, 'double"quote', '"] / b*[x="', '<&>', 'best', 'all', 'mp4', '0', 'x+y+z']

const addressOf = (path: string, name: string, values: readonly string[]) => {
  const url = new URL(stage.site.url(path))
  for (const value of values) url.searchParams.append(name, value)
  return url.href
}

async function listed(url: string) {
  const { formats } = await stage.engine.extractInfo({ url }, await stage.job())
  return formats
}

async function download(url: string, formatId: string) {
  return stage.engine.download({ url, options: { format_id: formatId } }, await stage.job())
}

/** DASH leaves out what XML cannot hold. */
const inXml = (text: string) => !text.includes('\u0007')

test.each([
  ['/tracks/named.m3u8', 'name', NAMES],
  ['/tracks/named.mpd', 'id', IDS.filter(inXml)],
])('%s: each listed id is a format id, and no two are the same', async (path, parameter, names) => {
  const ids = (await listed(addressOf(path, parameter, names))).map(({ format_id }) => format_id)
  expect(new Set(ids).size).toBe(names.length + 1)
  expect(ids.filter((id) => !isFormatId(id))).toEqual([])
})

test.each([
  ...[
    'हिन्दी',
    "Director's_Commentary",
    'עברית\u200f',
    '👩‍🚀 🫩',
    'back\\slash',
    'tab\tbell\u0007',
    'x'.repeat(320),
  ].map((name) => ['/tracks/named.m3u8', 'name', name] as const),
  ...['"] / b*[x="', 'a+b', "'", '%(title)s', 'é'.repeat(320)].map((id) => ['/tracks/named.mpd', 'id', id] as const),
])('%s with a %s of %j: asked for alone and with the picture', async (path, parameter, name) => {
  const url = addressOf(path, parameter, [name])
  const formats = await listed(url)
  const sound = formats.find(({ vcodec }) => vcodec === 'none')?.format_id ?? ''
  const picture = formats.find(({ vcodec }) => vcodec !== 'none')?.format_id ?? ''
  expect(await streamsOf((await download(url, sound)).path)).toEqual(['audio'])
  expect(await streamsOf((await download(url, `${picture}+${sound}`)).path)).toEqual(['audio', 'video'])
})

test('of two long ids that differ in their last letter each one is found', async () => {
  const [one, other] = [`${'x'.repeat(320)}1`, `${'x'.repeat(320)}2`]
  const url = addressOf('/tracks/named.mpd', 'id', [one, other])
  const ids = (await listed(url)).filter(({ vcodec }) => vcodec === 'none').map(({ format_id }) => format_id)
  expect(new Set(ids).size).toBe(2)
  for (const id of ids) expect(await streamsOf((await download(url, id)).path)).toEqual(['audio'])
})

test.each(['best', 'all', '*', 'b*', 'mp4', '~=.*', '"', '$touch_pwned'])('%j is no selector', async (formatId) => {
  await expect(download(stage.site.url('/dash/manifest.mpd'), formatId)).rejects.toMatchObject({
    code: 'format_unavailable',
  })
})
