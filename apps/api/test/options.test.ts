/** Options of a download at the gateway: each example is taken, and what makes no sense together is refused, by the table. */
import { expect, test } from '@jest/globals'
import { optionsOfKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import { useApi } from './api-rig.ts'

const rig = useApi()
const DOWNLOAD = '/api/video-scraper/download'
const url = 'https://example.com/video'
const table = optionsOfKind.download
const names = Object.keys(table)

function exampleOf(name: string): unknown {
  const { examples = [] } = (table[name]?.schema ?? {}) as { examples?: unknown[] }
  return examples[0]
}

/** With the first of what each needs. */
const withNeeds = (asked: readonly string[]): string[] =>
  asked.flatMap((name) => {
    const { needs = [] } = table[name] ?? {}
    const isMet = needs.length === 0 || needs.some((other) => asked.includes(other))
    return isMet ? [name] : [...withNeeds(needs.slice(0, 1)), name]
  })

const bodyWith = (...asked: string[]) => ({
  url,
  ...Object.fromEntries(withNeeds(asked).map((name) => [name, exampleOf(name)])),
})

const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other] as const))
const excludes = (one: string, other: string): boolean =>
  (table[one]?.excludes?.includes(other) ?? false) || (table[other]?.excludes?.includes(one) ?? false)

test.each(names)('%s with its example is taken as it stands', async (name) => {
  const { app, post, redis } = await rig.standing()
  // What the workers publish of their exits.
  if (name === 'country') await redis.set(keys.exits, JSON.stringify({ countries: [exampleOf(name)], sites: [] }))
  if (name === 'cookies') {
    const payload = [{ name: 'session', value: 'secret', domain: new URL(url).hostname, path: '/' }]
    await app.inject({ method: 'PUT', url: `/api/video-scraper/cookies/${exampleOf(name)}`, payload })
  }
  expect((await post(DOWNLOAD, bodyWith(name))).statusCode).toBe(202)
})

test.each(pairs.filter(([one, other]) => excludes(one, other)))(
  '%s and %s together are refused by name',
  async (one, other) => {
    const { post } = await rig.standing()
    for (const body of [bodyWith(one, other), { ...bodyWith(one, other), url: undefined, urls: [url] }]) {
      const reply = await post(DOWNLOAD, body)
      expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
      expect(reply.json().error).toContain(one)
      expect(reply.json().error).toContain(other)
      expect([`/${one}`, `/${other}`]).toContain(reply.json().details[0].field)
    }
  },
)

test.each(names.filter((name) => (table[name]?.needs ?? []).length > 0))('%s alone is refused', async (name) => {
  const { post } = await rig.standing()
  const reply = await post(DOWNLOAD, { url, [name]: exampleOf(name) })
  expect(reply.statusCode).toBe(400)
  expect(reply.json()).toMatchObject({ code: 'invalid_request', details: [{ field: `/${name}` }] })
})

const senseless = names.flatMap((one) =>
  Object.entries(table[one]?.excludesValues ?? {}).flatMap(([other, values]) =>
    values.map((value) => [one, other, value] as const),
  ),
)

test.each(senseless)('%s is refused beside %s %j, by name', async (one, other, value) => {
  const { post } = await rig.standing()
  const reply = await post(DOWNLOAD, { ...bodyWith(other), ...bodyWith(one), [other]: value })
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  expect(reply.json().details).toContainEqual({
    field: `/${one}`,
    message: `must not stand beside ${other} ${String(value)}`,
  })
})

const unattainable = names.flatMap((one) =>
  Object.entries(table[one]?.valueExcludes ?? {}).flatMap(([value, others]) =>
    Object.entries(others).flatMap(([other, values]) => values.map((each) => [one, value, other, each] as const)),
  ),
)

test.each(unattainable)(
  '%s %s is refused beside %s %s, which it can never hold, by name',
  async (one, value, other, each) => {
    const { post } = await rig.standing()
    const reply = await post(DOWNLOAD, { url, [one]: value, [other]: each })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
    expect(reply.json().details).toEqual([
      { field: `/${one}`, message: `${value} cannot be had together with ${other} ${String(each)}` },
    ])
  },
)

test('webm is refused beside H.264 and H.265, and beside no other codec', async () => {
  const { post } = await rig.standing()
  const statuses = ['h264', 'h265', 'vp9', 'av1'].map(async (video_codec) => {
    return (await post(DOWNLOAD, { url, container: 'webm', video_codec })).statusCode
  })
  expect(await Promise.all(statuses)).toEqual([400, 400, 202, 202])
  expect((await post(DOWNLOAD, { url, container: 'mp4', video_codec: 'h264' })).statusCode).toBe(202)
})

test.each(['flac', 'wav'])('a bitrate for %s is refused', async (audio_format) => {
  const { post } = await rig.standing()
  const reply = await post(DOWNLOAD, { url, media: 'audio', audio_format, audio_bitrate: 192 })
  expect([reply.statusCode, reply.json().details[0].field]).toEqual([400, '/audio_bitrate'])
  expect(reply.json().error).toContain(`audio_format ${audio_format}`)
})

test('what an option excludes and needs is an option', () => {
  for (const { excludes: excluded = [], excludesValues = {}, valueExcludes = {}, needs = [] } of Object.values(table)) {
    const ofValues = Object.values(valueExcludes).flatMap((others) => Object.keys(others))
    for (const name of [...excluded, ...Object.keys(excludesValues), ...ofValues, ...needs])
      expect(names).toContain(name)
  }
})

test.each<[string, unknown]>([
  ['quality', '719p'],
  ['quality', 720],
  ['quality', 'res:720'],
  ['video_codec', 'avc1'],
  ['audio_language', 'de,en'],
  ['audio_language', '../de'],
  ['audio_language', 'x'.repeat(36)],
  ['max_filesize', 0],
  ['max_filesize', '10M'],
  ['max_filesize', 1.5],
  ['strict', 'true'],
  ['container', 'avi'],
  ['container', '../mp4'],
  ['compatibility', 'none'],
  ['embed', []],
  ['embed', ['metadata', 'metadata']],
  ['embed', ['subtitles']],
  ['clips', []],
  ['clips', Array.from({ length: 21 }, () => ({ start: 0, end: 1 }))],
  ['clips', [{ start: 5, end: 5 }]],
  [
    'clips',
    [
      { start: 0, end: 1 },
      { start: 5, end: 5.05 },
    ],
  ],
  [
    'clips',
    [
      { start: 0, end: 7000, exact: true },
      { start: 0, end: 201, exact: true },
    ],
  ],
  ['chapters', 'yes'],
  ['qualty', '720p'],
])('%s %j is refused', async (name, value) => {
  const { post } = await rig.standing()
  const reply = await post(DOWNLOAD, { url, [name]: value })
  expect(reply.statusCode).toBe(400)
  expect(reply.json().details[0].field.split('/')[1]).toBe(name)
})

test.each([
  [{ start: -1, end: 1 }],
  [{ start: 0, end: 1e9 }],
  [{ start: '0', end: 1 }],
  [{ start: 0 }],
  [{ start: 0, end: 1, title: 'x' }],
])('a clip of %j is refused', async (clip) => {
  const { post } = await rig.standing()
  const reply = await post(DOWNLOAD, { url, clips: [clip] })
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  expect(reply.json().details[0].field).toMatch(/^\/clips/)
})

test('a retry asks for the same options again', async () => {
  const { post, get } = await rig.standing()
  const { download_id: id } = (await post(DOWNLOAD, { url, quality: '720p', strict: true })).json()
  await post(`/api/video-scraper/job/${id}/cancel`, {})
  const retried = (await post(`/api/video-scraper/job/${id}/retry`, {})).json()
  const { options } = (await get(`/api/video-scraper/status/${retried.download_id}`)).json()
  expect(options).toEqual({ quality: '720p', strict: true })
})

test('a word that no option has is refused with the words that it has', async () => {
  const { post } = await rig.standing()
  const refused = async (asked: object) => (await post(DOWNLOAD, { url, ...asked })).json().error
  expect(await refused({ quality: '8k' })).toMatch(
    /^The request is not valid: quality must be one of best, 4320p, .*, smallest\.$/,
  )
  expect(await refused({ media: 'audio', audio_format: 'wma' })).toMatch(/audio_format must be one of best, mp3, /)
})
