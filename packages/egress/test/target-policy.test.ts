/** Which targets are refused, block by block and spelling by spelling. */
import { expect, test } from '@jest/globals'
import { createTargetPolicy, HostNotFound } from '../src/index.ts'

const PUBLIC = '93.184.215.14'

/** Every name is public, so that a refusal can only come from the policy. */
const policyWith = (answers: string[], allow: string[] = []) =>
  createTargetPolicy({ allow, resolve: async () => answers })

const policy = policyWith([PUBLIC])

test.each([
  ['a public name', 'video.example', 443, PUBLIC, 4],
  ['a name with a trailing dot', 'video.example.', 80, PUBLIC, 4],
  ['an international name', 'vidéo.example', 8443, PUBLIC, 4],
  ['a public IPv4 address', '8.8.8.8', 8080, '8.8.8.8', 4],
  ['a public IPv6 address in brackets', '[2606:4700:4700::1111]', 443, '2606:4700:4700::1111', 6],
  ['a public IPv6 address without brackets', '2606:4700:4700::1111', 443, '2606:4700:4700::1111', 6],
  ['a public IPv4 address inside IPv6', '[::ffff:8.8.8.8]', 443, '8.8.8.8', 4],
])('%s is allowed, with the address to connect to', async (_case, host, port, address, family) => {
  expect(await policy.check(host, port)).toMatchObject({ allowed: true, address, family })
})

test.each([
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '0x7f000001',
  '１２７.0.0.1',
  '%31%32%37.0.0.1',
  '127.0.0.1.',
  '127.0.0.1..',
  '127。0。0。1',
  '[::1]',
  '::1',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::10.0.0.1]',
  '[64:ff9b::8.8.8.8]',
  '[64:ff9b:1::10.0.0.1]',
  '[2002:7f00:1::]',
  '[2002:a00:1::1]',
  '[2001:0:7f00:1::]',
  '[2001:db8::1]',
  '[2001:2::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[100::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[4000::1]',
  '0.0.0.0',
  '0',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '',
  'a b',
  'video.example:80',
  'user@video.example',
  '[::1',
  'video.example/path',
])('the host %s is refused', async (host) => {
  expect(await policy.check(host, 80)).toEqual({ allowed: false })
})

test.each([22, 25, 6379, 8081, 65_535, 0])('port %i is refused', async (port) => {
  expect(await policy.check('video.example', port)).toEqual({ allowed: false })
})

test.each([
  ['private', ['10.0.0.1']],
  ['of which one is private', [PUBLIC, '192.168.0.1']],
  ['of which one is IPv4 inside IPv6', [PUBLIC, '::ffff:10.0.0.1']],
  ['with a zone', ['fe80::1%eth0']],
  ['that are no addresses', ['inside']],
])('a name with answers %s is refused', async (_case, answers) => {
  expect(await policyWith(answers).check('video.example', 443)).toEqual({ allowed: false })
})

test('localhost is refused with the resolver of the system', async () => {
  expect(await createTargetPolicy({ allow: [] }).check('localhost', 80)).toEqual({ allowed: false })
})

test('a refusal says nothing but that', async () => {
  expect(Object.keys(await policyWith(['10.0.0.1']).check('video.example', 443))).toEqual(['allowed'])
})

test('IPv4 answers come first', async () => {
  const decision = await policyWith(['2606:4700::1', PUBLIC]).check('video.example', 443)
  expect(decision).toMatchObject({ address: PUBLIC, addresses: [{ family: 4 }, { family: 6 }] })
})

test.each([
  ['fails', async () => Promise.reject(new Error('ENOTFOUND'))],
  ['finds nothing', async () => []],
])('a name whose resolution %s is an ordinary error, not a refusal', async (_case, resolve) => {
  await expect(createTargetPolicy({ allow: [], resolve }).check('video.example', 443)).rejects.toBeInstanceOf(
    HostNotFound,
  )
})

test.each([
  // The first and the last address of every block of the two special-purpose registries, and those beside them.
  ['0.0.0.0/8', ['0.0.0.0', '0.255.255.255'], ['1.0.0.0']],
  ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['9.255.255.255', '11.0.0.0']],
  ['100.64.0.0/10', ['100.64.0.0', '100.127.255.255'], ['100.63.255.255', '100.128.0.0']],
  ['127.0.0.0/8', ['127.0.0.0', '127.255.255.255'], ['126.255.255.255', '128.0.0.0']],
  ['169.254.0.0/16', ['169.254.0.0', '169.254.255.255'], ['169.253.255.255', '169.255.0.0']],
  ['172.16.0.0/12', ['172.16.0.0', '172.31.255.255'], ['172.15.255.255', '172.32.0.0']],
  ['192.0.0.0/24', ['192.0.0.0', '192.0.0.9', '192.0.0.255'], ['191.255.255.255', '192.0.1.0']],
  ['192.0.2.0/24', ['192.0.2.0', '192.0.2.255'], ['192.0.1.255', '192.0.3.0']],
  ['192.88.99.0/24', ['192.88.99.0', '192.88.99.255'], ['192.88.98.255', '192.88.100.0']],
  ['192.168.0.0/16', ['192.168.0.0', '192.168.255.255'], ['192.167.255.255', '192.169.0.0']],
  ['198.18.0.0/15', ['198.18.0.0', '198.19.255.255'], ['198.17.255.255', '198.20.0.0']],
  ['198.51.100.0/24', ['198.51.100.0', '198.51.100.255'], ['198.51.99.255', '198.51.101.0']],
  ['203.0.113.0/24', ['203.0.113.0', '203.0.113.255'], ['203.0.112.255', '203.0.114.0']],
  [
    '224.0.0.0/4 and 240.0.0.0/4',
    ['224.0.0.0', '239.255.255.255', '240.0.0.0', '255.255.255.255'],
    ['223.255.255.255'],
  ],
  ['::/8', ['::', '::1', '::7f00:1', '::ffff:0:1', 'ff:ffff::'], []],
  ['64:ff9b::/96', ['64:ff9b::', '64:ff9b::ffff:ffff'], []],
  ['64:ff9b:1::/48', ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'], []],
  ['100::/64 and 100:0:0:1::/64', ['100::', '100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff'], []],
  ['2001::/23', ['2001::', '2001:1::1', '2001:4:112::', '2001:30::', '2001:1ff:ffff::'], ['2001:200::']],
  ['2001:db8::/32', ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'], ['2001:db7:ffff::', '2001:db9::']],
  ['2002::/16', ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], ['2001:ffff::', '2003::']],
  ['3fff::/20', ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'], ['3ffe:ffff::', '3fff:1000::']],
  ['4000::/2 and up', ['4000::', '5f00::', 'fbff::'], ['2000::']],
  ['fc00::/7', ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], []],
  ['fe80::/10 and fec0::/10', ['fe80::', 'febf::', 'fec0::', 'feff::'], []],
  ['ff00::/8', ['ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], []],
])('the block %s is refused from end to end, and what lies beside it is not', async (_block, within, beside) => {
  const allowed = async (address: string) => (await policyWith([address]).check('video.example', 443)).allowed
  for (const address of within) expect([address, await allowed(address)]).toEqual([address, false])
  for (const address of beside) expect([address, await allowed(address)]).toEqual([address, true])
})

test.each([
  '[fe80::1%25eth0]',
  '[fe80::1%eth0]',
  'fe80::1%eth0',
  '[::ffff:127.0.0.1%25lo]',
  '127.0.0.1%00',
  '127.0.0.1%2f',
  '127.0.0.1%40video.example',
  'video.example%2f@127.0.0.1',
  'video.example\\@127.0.0.1',
  '127.0.0.1#video.example',
  '①②⑦.0.0.1',
  '127．0．0．1',
  '127｡0｡0｡1',
  '0x7F.0x0.0x0.0x1',
  '017700000001',
  '127.0.1',
  '127.0.0.1\t',
  '127.0.0.256',
  '4294967296',
  '08.8.8.8',
  '1.2.3.4.5',
  '[::%31]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[::1].',
  '[v1.x]',
  '.',
  '..',
])('the spelling %s is refused', async (host) => {
  expect(await policy.check(host, 80)).toEqual({ allowed: false })
})

test.each(['LOCALHOST', '%6c%6f%63alhost', 'ⓛocalhost', 'loc\u00adalhost', 'localhost.', 'localhost\u200b'])(
  'the name %s is resolved as localhost, and refused',
  async (host) => {
    const asked: string[] = []
    const watching = createTargetPolicy({
      allow: [],
      resolve: async (name) => {
        asked.push(name)
        return ['127.0.0.1']
      },
    })
    expect(await watching.check(host, 80)).toEqual({ allowed: false })
    expect(asked).toEqual(['localhost'])
  },
)
