/** Settings that cannot work are refused at the start, in a sentence that says what to do. */
import { expect, test } from '@jest/globals'
import { readEnvironment } from '@video-scraper/boot'
import { parseTrustedProxies } from '../src/auth/client.ts'
import { ApiSettings, contradictionIn } from '../src/config.ts'

const read = (more: NodeJS.ProcessEnv) => readEnvironment(ApiSettings, { REDIS_URL: 'redis://127.0.0.1', ...more })
const problemOf = (more: NodeJS.ProcessEnv) => contradictionIn(read(more))

test('the defaults are those of the specification and of the design', () => {
  expect(read({})).toMatchObject({
    HOST: 'localhost',
    PORT: 5501,
    RATE_LIMIT_PER_MINUTE: 60,
    MAX_DOWNLOADS_PER_CLIENT: 10,
    RETENTION_HOURS: 24,
    AUTH: 'none',
    ALLOW_ANONYMOUS: false,
  })
})

test.each(['localhost', '127.0.0.1', '127.9.9.9', '::1'])('HOST=%s is loopback', (HOST) => {
  expect(problemOf({ HOST })).toBeNull()
})

test.each(['0.0.0.0', '::', '192.0.2.1', 'example.com', 'localhost.example.com'])(
  'HOST=%s needs ALLOW_ANONYMOUS=true',
  (HOST) => {
    expect(problemOf({ HOST })).toBe(
      `HOST=${HOST} is reachable from other machines and nobody has to prove who they are. ` +
        'Set AUTH=api-key, or ALLOW_ANONYMOUS=true if something in front of the gateway takes care of that, or HOST=localhost.',
    )
    expect(problemOf({ HOST, ALLOW_ANONYMOUS: 'true' })).toBeNull()
  },
)

test.each(['localhost', '0.0.0.0', '::'])('with AUTH=api-key the gateway may listen on HOST=%s', (HOST) => {
  expect(problemOf({ HOST, AUTH: 'api-key' })).toBeNull()
  expect(problemOf({ HOST, AUTH: 'api-key', ALLOW_ANONYMOUS: 'true' })).toBeNull()
})

test.each([
  ['BASE_PATH', 'no-slash'],
  ['BASE_PATH', '/ends/'],
  ['BASE_PATH', '/a:b'],
  ['BASE_PATH', '/*'],
  ['PUBLIC_URL', 'techsaas.tech'],
  ['PUBLIC_URL', 'https://techsaas.tech/path'],
  ['REDIS_URL', 'http://127.0.0.1'],
  ['PORT', '70000'],
  ['AUTH', 'password'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name)
})

test('TRUST_PROXY is a list of addresses and CIDRs', () => {
  expect(parseTrustedProxies('')).toEqual([])
  expect(parseTrustedProxies(' 10.0.0.0/8, 192.0.2.1 ,::1,2001:db8::/32,')).toHaveLength(4)
})

test.each(['proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/x', '10.0.0.0/0', '10.0.0/8', '::1/129', 'true', '*', '1'])(
  'TRUST_PROXY=%s is refused by name',
  (entry) => {
    expect(() => parseTrustedProxies(`127.0.0.1,${entry}`)).toThrow(
      `TRUST_PROXY: ${entry} is neither an address nor a CIDR such as 10.0.0.0/8.`,
    )
  },
)
