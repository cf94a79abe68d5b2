/** What a key has of its own: the addresses from which it may be used, and its limits. */
import { expect, test } from '@jest/globals'
import type { CreateKeyBody } from '@video-scraper/contracts'
import { bearer, INFO, JOBS, make, URL, useKeyedApi } from './keyed-gateways.ts'

const { keyed } = useKeyedApi()

test('a key is used only from its addresses: the forwarded one behind a trusted proxy, and never an unknown one', async () => {
  const gateway = await keyed({ trustedProxies: ['10.0.0.1'] })
  const { key } = await make(gateway, { allowed_addresses: ['192.0.2.0/24', '10.0.0.1', '2001:db8::/32'] })
  const from = async (remoteAddress: string, forwarded?: string) => {
    const headers = { ...bearer(key), ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) }
    const reply = await gateway.ask({ method: 'GET', url: JOBS, remoteAddress, headers })
    if (reply.statusCode === 403) expect(reply.json().code).toBe('address_not_allowed')
    return reply.statusCode
  }
  expect(await from('192.0.2.7')).toBe(200)
  expect(await from('::ffff:192.0.2.7')).toBe(200)
  expect(await from('2001:db8::7')).toBe(200)
  expect(await from('203.0.113.7')).toBe(403)
  expect(await from('203.0.113.7', '192.0.2.7')).toBe(403)
  expect(await from('10.0.0.1', '192.0.2.7:4711')).toBe(200)
  expect(await from('10.0.0.1', '203.0.113.7')).toBe(403)
  expect(await from('10.0.0.1', 'unknown')).toBe(403)
})

test('each key has the limits that it names, and else those of the service; 0 is none', async () => {
  const gateway = await keyed({ rateLimitPerMinute: 2, limits: { downloadsPerClient: 1 } })
  const accepted = async (url: string, limits: NonNullable<CreateKeyBody['limits']>) => {
    const { key } = await make(gateway, { limits })
    let count = 0
    for (let at = 0; at < 5; at += 1) {
      const reply = await gateway.post(url, { url: URL }, bearer(key))
      if (reply.statusCode === 202) count += 1
      else expect(reply.statusCode).toBe(429)
    }
    return count
  }
  expect(await accepted(INFO, {})).toBe(2)
  expect(await accepted(INFO, { requests_per_minute: 4 })).toBe(4)
  expect(await accepted(INFO, { requests_per_minute: 0 })).toBe(5)
  const download = '/api/video-scraper/download'
  expect(await accepted(download, { requests_per_minute: 0 })).toBe(1)
  expect(await accepted(download, { requests_per_minute: 0, unfinished_downloads: 3 })).toBe(3)
  expect(await accepted(download, { requests_per_minute: 0, unfinished_downloads: 0 })).toBe(5)
})

test('two keys at one address do not share a limit, and one key at two addresses does', async () => {
  const gateway = await keyed({ rateLimitPerMinute: 1 })
  const [one, other] = [await make(gateway), await make(gateway)]
  const post = async (key: string, remoteAddress: string) =>
    (await gateway.ask({ method: 'POST', url: INFO, payload: { url: URL }, headers: bearer(key), remoteAddress }))
      .statusCode
  expect(await post(one.key, '192.0.2.1')).toBe(202)
  expect(await post(other.key, '192.0.2.1')).toBe(202)
  expect(await post(one.key, '192.0.2.2')).toBe(429)
})
