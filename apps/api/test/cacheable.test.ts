/** Platforms and the document: kept by clients, asked for again at no cost, and looked up by domain. */
import { expect, test } from '@jest/globals'
import { keepPlatformsPublished } from '@video-scraper/store'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi()
const PLATFORMS = '/api/video-scraper/platforms'
const CACHED = [
  [PLATFORMS, 'private'],
  ['/openapi.json', 'public'],
  ['/openapi.json?webhooks=false', 'public'],
  ['/api/video-scraper/openapi.json', 'public'],
] as const

async function publish(...domains: string[]): Promise<void> {
  const platforms = domains.map((domain) => ({ name: domain, domain, support_level: 'full' }))
  const redis = await rig.workerConnection()
  keepPlatformsPublished(redis, { ytdlpVersion: '1', platforms }).stop()
  await redis.ping()
}

test.each(CACHED)('%s may be kept for five minutes, and is 304 while nothing has changed', async (url, scope) => {
  const { get, ask } = await rig.standing()
  const whole = await get(url)
  const tag = String(whole.headers.etag)
  expect(whole.headers).toMatchObject({ 'cache-control': `${scope}, max-age=300`, vary: 'accept-encoding' })
  expect(tag).toMatch(/^W\/"[\w-]{43}"$/)
  for (const condition of [tag, tag.slice(2), `"x", ${tag}`, '*']) {
    for (const method of ['GET', 'HEAD'] as const) {
      const reply = await ask({ method, url, headers: { 'if-none-match': condition, 'accept-encoding': 'gzip' } })
      expect([condition, method, reply.statusCode, reply.body]).toEqual([condition, method, 304, ''])
      const { etag, vary, 'cache-control': control, 'content-type': type, 'content-encoding': encoding } = reply.headers
      expect([etag, vary, control]).toEqual([tag, 'accept-encoding', `${scope}, max-age=300`])
      expect([type, encoding]).toEqual([undefined, undefined])
    }
  }
  for (const condition of ['"x"', 'W/"x"', '', tag.slice(0, -2)]) {
    const reply = await get(url, { 'if-none-match': condition })
    expect([condition, reply.statusCode, reply.body === whole.body]).toEqual([condition, 200, true])
  }
})

test('what is not the same has another tag: another list, another domain, another document', async () => {
  const { get } = await rig.standing()
  const tagOf = async (url: string) => String((await get(url)).headers.etag)
  await publish('one.example', 'two.example')
  const before = await tagOf(PLATFORMS)
  const tags = [before, await tagOf(`${PLATFORMS}?domain=one.example`), await tagOf('/openapi.json')]
  await publish('one.example', 'three.example')
  tags.push(await tagOf(PLATFORMS), await tagOf('/openapi.json?webhooks=false'))
  expect(new Set(tags).size).toBe(tags.length)
  expect((await get(PLATFORMS, { 'if-none-match': before })).statusCode).toBe(200)
})

test('a refusal is not kept by anybody', async () => {
  const { get } = await rig.standing()
  const refused = await get(`${PLATFORMS}?x=1`, { 'if-none-match': '*' })
  expect([refused.statusCode, refused.headers['cache-control'], refused.headers.etag]).toEqual([
    400,
    'no-store',
    undefined,
  ])
})

const domains = async ({ get }: Gateway, domain: string) => {
  const reply = await get(`${PLATFORMS}?domain=${encodeURIComponent(domain)}`)
  return [reply.statusCode, reply.statusCode === 200 && reply.json().map((one: { domain: string }) => one.domain)]
}

test('?domain= finds the platforms of a host name and of its parents, as DNS writes it, and no others', async () => {
  const gateway = await rig.standing()
  await publish('youtube.com', 'music.youtube.com', 'bücher.example', 'xn--bcher-kva.example', 'be', '*')
  expect(await domains(gateway, 'youtube.com')).toEqual([200, ['youtube.com']])
  expect(await domains(gateway, 'music.youtube.com')).toEqual([200, ['youtube.com', 'music.youtube.com']])
  expect(await domains(gateway, 'WWW.YouTube.com.')).toEqual([200, ['youtube.com']])
  expect(await domains(gateway, 'BÜCHER.example')).toEqual([200, ['xn--bcher-kva.example']])
  for (const other of [
    'notyoutube.com',
    'com',
    'youtube.com.example',
    'unknown.example',
    '*',
    'https://youtube.com',
    'a b',
    '.',
  ]) {
    expect([other, await domains(gateway, other)]).toEqual([other, [200, []]])
  }
})

test('a domain that cannot be one is a 400', async () => {
  const { get } = await rig.standing()
  for (const query of [
    'domain=',
    `domain=${'a'.repeat(254)}`,
    'domain=a.example&domain=b.example',
    'domains=a.example',
  ]) {
    expect([query, (await get(`${PLATFORMS}?${query}`)).statusCode]).toEqual([query, 400])
  }
})
