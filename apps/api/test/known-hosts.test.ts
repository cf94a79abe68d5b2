/** A web page whose own name resolves to this machine (DNS rebinding) gets nothing from a gateway that asks for no key. */
import { expect, test } from '@jest/globals'
import { readEnvironment } from '@video-scraper/boot'
import { ApiSettings, allowedHostsOf } from '../src/config.ts'
import { parseAllowedHosts } from '../src/http/known-hosts.ts'
import { useApi } from './api-rig.ts'
import { sendRaw } from './raw-http.ts'

const rig = useApi()
const JOBS = '/api/video-scraper/jobs'

const own = [
  'localhost',
  'localhost:5501',
  'LOCALHOST:80',
  'localhost.',
  'app.localhost',
  '127.0.0.1',
  '127.9.9.9:5501',
  '[::1]:5501',
  'video.example.com',
  'video.example.com:8443',
  'VIDEO.example.com.',
  'public.example.org',
]
const foreign = [
  'attacker.example',
  'attacker.example:5501',
  'localhost.attacker.example',
  'localhost:5501.attacker.example',
  'attacker.example/localhost',
  'attacker.example#localhost',
  'localhost@attacker.example',
  'sub.video.example.com',
  '127.0.0.1.nip.io',
  '192.0.2.1',
  '0.0.0.0',
  '[::ffff:192.0.2.1]',
  'a b',
]

test('a request for a name of the gateway is answered, and one for any other name is 421, whatever it asks for', async () => {
  const { ask, post } = await rig.gateway({
    allowedHosts: parseAllowedHosts('Video.example.com'),
    publicUrl: 'https://public.example.org',
  })
  for (const host of own) expect([host, (await ask({ url: JOBS, headers: { host } })).statusCode]).toEqual([host, 200])
  for (const host of foreign) {
    for (const url of [JOBS, '/openapi.json', '/docs', '/api/status', '/unknown', '/api/video-scraper/info']) {
      const reply = await ask({ url, headers: { host } })
      expect([host, url, reply.statusCode]).toEqual([host, url, 421])
      expect(reply.json()).toMatchObject({ code: 'host_not_allowed', retryable: false })
      expect(reply.json().error).toContain('ALLOWED_HOSTS')
    }
    const url = 'https://example.com/video'
    expect((await post('/api/video-scraper/info', { url }, { host })).statusCode).toBe(421)
  }
})

test('health checks are answered under any name; what only looks like one is not', async () => {
  const { ask } = await rig.gateway({ allowedHosts: [], basePath: '/video' })
  const statusOf = async (url: string) => (await ask({ url, headers: { host: 'attacker.example' } })).statusCode
  expect(await statusOf('/video/health/live')).toBe(200)
  expect(await statusOf('/video/health/ready')).toBe(200)
  for (const url of ['/health/live', '/video/healthy', '/video/api/status?/video/health/', `/video${JOBS}`]) {
    expect([url, await statusOf(url)]).toEqual([url, 421])
  }
})

test('a trusted proxy passes on what name it likes, and nobody becomes one by what he sends', async () => {
  const { ask } = await rig.gateway({ allowedHosts: [], trustedProxies: ['10.0.0.0/8', '2001:db8::1'] })
  const statusFrom = async (remoteAddress: string, headers = {}) =>
    (await ask({ url: JOBS, remoteAddress, headers: { host: 'video.example.com', ...headers } })).statusCode
  for (const peer of ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1']) expect(await statusFrom(peer)).toBe(200)
  for (const peer of ['127.0.0.1', '11.0.0.1', '2001:db8::2']) {
    expect(await statusFrom(peer, { 'x-forwarded-for': '10.1.2.3', 'x-forwarded-host': 'localhost' })).toBe(421)
  }
})

test('over a real connection: an absolute address does not help, and HTTP/1.0 without a host is answered', async () => {
  const origin = await (await rig.gateway({ allowedHosts: [] })).origin()
  const send = async (text: string) => (await sendRaw(origin, text.replaceAll('\n', '\r\n'))).status
  expect(await send(`GET ${JOBS} HTTP/1.1\nHost: attacker.example\nConnection: close\n\n`)).toBe(421)
  expect(await send(`GET http://localhost${JOBS} HTTP/1.1\nHost: attacker.example\nConnection: close\n\n`)).toBe(421)
  expect(await send(`GET ${JOBS} HTTP/1.1\nHost:\nConnection: close\n\n`)).toBe(421)
  expect(await send(`GET ${JOBS} HTTP/1.0\n\n`)).toBe(200)
})

test('the check is on where nobody needs a key: on loopback always, beyond it with ALLOWED_HOSTS; `*` turns it off', async () => {
  const hostsOf = (more: NodeJS.ProcessEnv) =>
    allowedHostsOf(readEnvironment(ApiSettings, { REDIS_URL: 'redis://127.0.0.1', ...more }))
  expect(hostsOf({})).toEqual([])
  expect(hostsOf({ HOST: '127.0.0.1', ALLOWED_HOSTS: 'a.example' })).toEqual(['a.example'])
  expect(hostsOf({ AUTH: 'api-key', ALLOWED_HOSTS: 'a.example' })).toBeNull()
  expect(hostsOf({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true' })).toBeNull()
  expect(hostsOf({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true', ALLOWED_HOSTS: 'localhost' })).toEqual(['localhost'])
  const { ask } = await rig.gateway({ allowedHosts: parseAllowedHosts('*') })
  expect((await ask({ url: JOBS, headers: { host: 'attacker.example' } })).statusCode).toBe(200)
})

test('ALLOWED_HOSTS is a list of host names', () => {
  expect(parseAllowedHosts(' Video.Example.com , 192.0.2.1,[2001:DB8::1],bücher.example,')).toEqual([
    'video.example.com',
    '192.0.2.1',
    '[2001:db8::1]',
    'xn--bcher-kva.example',
  ])
})

test.each(['https://a.example', 'a.example:80', 'a b', 'a.example/x', 'user@a.example', '?'])(
  'ALLOWED_HOSTS=%s is refused by name',
  (entry) => {
    expect(() => parseAllowedHosts(`b.example,${entry}`)).toThrow(`ALLOWED_HOSTS: ${entry} is neither a host name`)
  },
)
