/** Keys and pages of other origins together: a page asks ahead without a key, and may read what it receives then. */
import { expect, test } from '@jest/globals'
import { type Gateway, useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const ORIGIN = 'https://app.example.org'
const API = '/api/video-scraper'
const FROM_PAGE = { origin: ORIGIN }
const keyed = () => rig.gateway({ auth: 'api-key', corsOrigins: [ORIGIN] })
const keyOf = async ({ keyRing }: Gateway) => {
  const { record, key } = await keyRing.create({ name: 'page', scopes: ['read', 'write'] })
  return { owner: record.id, headers: { authorization: `Bearer ${key}` } }
}

test('asking ahead needs no key; what is no asking ahead receives the methods, as without keys', async () => {
  const { app, ask } = await keyed()
  const ahead = await app.inject({
    method: 'OPTIONS',
    url: `${API}/info`,
    headers: {
      ...FROM_PAGE,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  })
  expect([ahead.statusCode, ahead.headers['access-control-allow-origin']]).toEqual([204, ORIGIN])
  const plain = await ask({ method: 'OPTIONS', url: `${API}/info` })
  expect([plain.statusCode, plain.headers.allow]).toEqual([204, 'OPTIONS, POST'])
  expect((await ask({ method: 'OPTIONS', url: '/unknown' })).statusCode).toBe(404)
})

test('a refusal can be read by the page, and so can what a key or a link opens', async () => {
  const gateway = await keyed()
  const { owner, headers } = await keyOf(gateway)
  const refused = await gateway.app.inject({ url: `${API}/jobs`, headers: FROM_PAGE })
  expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([401, ORIGIN])

  const { filename } = await publishFile(rig, { jobId: downloadId('a'), owner })
  const { url } = (await gateway.post(`${API}/download/${filename}/link`, {}, headers)).json()
  const file = await gateway.app.inject({ url, headers: FROM_PAGE })
  expect([file.statusCode, file.headers['access-control-allow-origin']]).toEqual([200, ORIGIN])
  expect(String(file.headers['access-control-expose-headers'])).toContain('Repr-Digest')

  const { job_id: job } = (await gateway.post(`${API}/info`, { url: 'https://example.com/' }, headers)).json()
  const link = (await gateway.post(`${API}/job/${job}/events/link`, {}, headers)).json()
  const events = await fetch(`${await gateway.origin()}${link.url}`, { headers: FROM_PAGE })
  expect([events.status, events.headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN])
  expect(events.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  await events.body?.cancel()
})
