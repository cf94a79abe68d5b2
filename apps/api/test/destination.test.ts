/** `destination` at the gateway: what is refused, and what is kept of the address. */

import { expect, test } from '@jest/globals'
import { parseSecretKeys, unsealText } from '@video-scraper/boot'
import { type JobEnvelope, optionsOfKind } from '@video-scraper/contracts'
import { destinationSeal } from '@video-scraper/core'
import { SECRET_KEYS, useApi } from './api-rig.ts'

const rig = useApi()
const API = '/api/video-scraper'
const url = 'https://example.com/video'
const put_url = 'https://store.example.com:8443/a/b.mp4?X-Signature=S3CRET'
const table = optionsOfKind.download
const destination = { put_url }

const examples: Record<string, unknown[]> = Object.fromEntries(
  Object.entries(table).map(([name, { schema }]) => [name, (schema as { examples?: unknown[] }).examples ?? []]),
)
const makers = Object.keys(table).filter((name) => table[name]?.makesFiles?.(examples[name]?.[0]))

test('some options make further files', () => {
  expect(makers.toSorted()).toEqual(['chapters', 'clips', 'subtitles', 'thumbnail'])
})

test.each(makers)('beside %s, which makes further files, it is refused by name', async (name) => {
  const { post } = await rig.standing()
  const reply = await post(`${API}/download`, { url, destination, [name]: examples[name]?.[0] })
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  expect(reply.json().details).toEqual([{ field: '/destination', message: expect.stringContaining(`beside ${name}`) }])
})

test('beside subtitles in the media file, an embedded picture and a format it is taken', async () => {
  const { post } = await rig.standing()
  const subtitles = { languages: ['en'], deliver: 'embedded' }
  for (const more of [{ subtitles }, { embed: ['thumbnail'] }, { format_id: '22' }, { thumbnail: false }])
    expect((await post(`${API}/download`, { url, destination, ...more })).statusCode).toBe(202)
})

test('for several addresses at once, for other kinds of jobs and for entries of a list there is none', async () => {
  const { post } = await rig.standing()
  const several = await post(`${API}/download`, { urls: [url, `${url}/2`], destination })
  expect(several.statusCode).toBe(400)
  expect(several.json().details).toEqual([{ field: '/destination', message: expect.stringContaining('beside urls') }])
  for (const [path, body] of Object.entries({
    info: { url, destination },
    transcript: { url, destination },
    playlist: { url, destination },
    'playlist ': { url, options: { destination } },
  }))
    expect([path, (await post(`${API}/${path.trim()}`, body)).statusCode]).toEqual([path, 400])
})

test.each([
  ['another scheme', 'ftp://store.example.com/S3CRET'],
  ['credentials', 'https://user:S3CRET@store.example.com/'],
  ['no host', 'https:///S3CRET'],
  ['a relative address', '/S3CRET'],
  ['nothing', ''],
  ['too much', `https://store.example.com/${'S3CRET'.repeat(1000)}`],
])('an address with %s is refused, and not repeated', async (_, wrong) => {
  const { post } = await rig.standing()
  const reply = await post(`${API}/download`, { url, destination: { put_url: wrong } })
  expect(reply.statusCode).toBe(400)
  expect(reply.json().details[0].field).toBe('/destination/put_url')
  expect(reply.body).not.toContain('S3CRET')
})

test('only its origin stands in the options; the address is sealed for its owner, in a payload that older workers leave alone', async () => {
  const { post, get, redis } = await rig.standing()
  const reply = await post(`${API}/download`, { url, destination })
  const id = reply.json().download_id as string
  const stored = String(await redis.hget(`{video-scraper}:download:${id}`, 'data'))
  expect(stored).not.toContain('S3CRET')
  const envelope = JSON.parse(stored) as JobEnvelope
  const origin = 'https://store.example.com:8443'
  expect(envelope).toMatchObject({
    version: optionsOfKind.download.destination?.since,
    options: { destination: { origin } },
  })
  const sealed = String(envelope.destination?.sealed)
  expect(unsealText(SECRET_KEYS, destinationSeal({ owner: envelope.owner, origin }), sealed)).toBe(put_url)
  expect(unsealText(SECRET_KEYS, destinationSeal({ owner: 'somebody else', origin }), sealed)).toBeNull()
  expect(
    unsealText(SECRET_KEYS, destinationSeal({ owner: envelope.owner, origin: 'https://other.example' }), sealed),
  ).toBeNull()
  const status = (await get(`${API}/status/${id}`)).json()
  expect(status).toMatchObject({ options: { destination: { origin } }, destination: { origin, delivered_at: null } })
  expect(JSON.stringify(status)).not.toContain('S3CRET')
})

test('a retry seals the address anew with the key of today; where the old key is gone, it says so', async () => {
  const keys = (...ids: number[]) =>
    parseSecretKeys(ids.map((id) => `k${id}:${Buffer.alloc(32, id).toString('base64')}`).join(','), 'the test')
  const old = await rig.gateway({ secretKeys: keys(8) })
  const id = (await old.post(`${API}/download`, { url, destination })).json().download_id as string
  await old.post(`${API}/job/${id}/cancel`, undefined)
  const changed = await rig.gateway({ secretKeys: keys(9, 8) })
  const retried = (await changed.post(`${API}/job/${id}/retry`, undefined)).json().download_id as string
  const envelope = (await changed.jobs.find(retried))?.envelope
  const seal = destinationSeal({ owner: String(envelope?.owner), origin: 'https://store.example.com:8443' })
  expect(unsealText(keys(9), seal, String(envelope?.destination?.sealed))).toBe(put_url)
  const without = await rig.gateway({ secretKeys: keys(9) })
  const refused = await without.post(`${API}/job/${id}/retry`, undefined)
  expect([refused.statusCode, refused.json().code]).toEqual([400, 'invalid_request'])
  expect(refused.json().error).toContain('put_url')
})
