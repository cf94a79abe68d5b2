/** EGRESS_ALLOW and EGRESS_PORTS: how they are read, and what they allow. */
import { expect, test } from '@jest/globals'
import { createTargetPolicy, parseEgressAllow, parseEgressPorts } from '../src/index.ts'

const PUBLIC = '93.184.215.14'

/** Every name is public, so that a refusal can only come from the policy. */
const policyWith = (answers: string[], allow: string[] = []) =>
  createTargetPolicy({ allow, resolve: async () => answers })

test('an exception holds for exactly its host and port', async () => {
  const excepting = policyWith(['10.0.0.1'], ['site:9000', '127.0.0.1:9000', '[::1]:9000'])
  expect(await excepting.check('site', 9000)).toMatchObject({ allowed: true, address: '10.0.0.1' })
  expect(await excepting.check('SITE.', 9000)).toMatchObject({ allowed: true })
  expect(await excepting.check('127.0.0.1', 9000)).toMatchObject({ allowed: true, address: '127.0.0.1' })
  expect(await excepting.check('::1', 9000)).toMatchObject({ allowed: true, address: '::1', family: 6 })
  for (const [host, port] of [
    ['site', 80],
    ['site', 9001],
    ['other', 9000],
    ['localhost', 9000],
    ['127.0.0.2', 9000],
  ] as const)
    expect(await excepting.check(host, port)).toEqual({ allowed: false })
})

test('EGRESS_ALLOW is a list of host:port, in any spelling', () => {
  expect(parseEgressAllow('')).toEqual([])
  expect(parseEgressAllow(' Site:80, 127.1:9000,[::0:1]:8080 ,')).toEqual(['site:80', '127.0.0.1:9000', '[::1]:8080'])
})

test.each([
  'site',
  'site:0',
  'site:65536',
  '::1:80',
  'http://site:80',
  'site:80/path',
  '*:80',
  'a b:80',
  '10.0.0.0/8:80',
])('the exception %s is refused with a sentence that names it', (entry) => {
  expect(() => parseEgressAllow(`good:80,${entry}`)).toThrow(`EGRESS_ALLOW: "${entry}" is not host:port`)
})

test('EGRESS_PORTS is a list of ports, and replaces the usual ones', async () => {
  expect(parseEgressPorts('')).toEqual([80, 443, 8080, 8443])
  expect(parseEgressPorts(' 443, 9443 ,')).toEqual([443, 9443])
  const strict = createTargetPolicy({
    allow: ['site:80'],
    ports: parseEgressPorts('443,9443'),
    resolve: async () => [PUBLIC],
  })
  expect(await strict.check('video.example', 9443)).toMatchObject({ allowed: true })
  expect(await strict.check('video.example', 80)).toEqual({ allowed: false })
  expect(await strict.check('site', 80)).toMatchObject({ allowed: true })
})

test.each(['0', '65536', '-1', '80-90', '0x50', '8e1', 'http', '80;443', '443,,x'])(
  'the ports %s are refused with a sentence',
  (text) => {
    expect(() => parseEgressPorts(text)).toThrow(/^EGRESS_PORTS: ".+" is not a port from 1 to 65535\.$/)
  },
)
