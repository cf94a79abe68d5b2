/** How a key looks, what of it is kept, and from where it may come. */
import { expect, test } from '@jest/globals'
import { digestIn, hasDigest, hashOf } from '../src/auth/key-hash.ts'
import { keyIdIn, newKeyId, newKeyText } from '../src/auth/key-text.ts'
import { addressTest, isAddressRange } from '../src/http/address-ranges.ts'

/** Checksum and hash were computed elsewhere (Python's zlib and hashlib). */
const KNOWN = 'vsk_4Tq0ZxW8hLr2_0123456789ABCDEFGHIJKLMNOPQRSTUV2Y4shk'
const KNOWN_HASH = 'b36e76942b05c6ffc615faa37b8995d0b7318c692ea1e57059633ba6aa0d97a5'

test('a key is vsk_, its id, 190 random bits and a CRC-32, all base62', () => {
  const id = newKeyId()
  const key = newKeyText(id)
  expect(key).toMatch(/^vsk_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}$/)
  expect(keyIdIn(key)).toBe(id)
  expect(keyIdIn(KNOWN)).toBe('4Tq0ZxW8hLr2')
  expect(Math.log2(62 ** 32)).toBeGreaterThan(160)
})

test('no two keys are alike, and every character comes up everywhere', () => {
  const keys = Array.from({ length: 2000 }, () => newKeyText('4Tq0ZxW8hLr2'))
  expect(new Set(keys).size).toBe(2000)
  for (let place = 17; place < 49; place += 1) {
    expect(new Set(keys.map((key) => key.charAt(place))).size).toBe(62)
  }
})

test('a key with any one character changed, and one cut short or made longer, is no key', () => {
  const key = newKeyText(newKeyId())
  for (let place = 0; place < key.length; place += 1) {
    const other = key.charAt(place) === 'a' ? 'b' : 'a'
    expect(keyIdIn(key.slice(0, place) + other + key.slice(place + 1))).toBeNull()
  }
  for (const text of [
    '',
    'vsk_',
    key.slice(0, -1),
    `${key}0`,
    ` ${key}`,
    `${key}\n`,
    key.toUpperCase(),
    'ä'.repeat(55),
  ]) {
    expect(keyIdIn(text)).toBeNull()
  }
})

test('what is kept is the SHA-256 of the whole key, and only that key has it', () => {
  expect(hashOf(KNOWN)).toBe(KNOWN_HASH)
  expect(hasDigest(KNOWN, digestIn(KNOWN_HASH))).toBe(true)
  expect(hasDigest(`${KNOWN} `, digestIn(KNOWN_HASH))).toBe(false)
  expect(hasDigest(newKeyText('4Tq0ZxW8hLr2'), digestIn(KNOWN_HASH))).toBe(false)
})

test.each(['192.0.2.1', '10.0.0.0/8', '0.0.0.0/0', '2001:db8::/32', '::1', '::/0', '10.1.2.3/8'])(
  '%s is a range',
  (range) => {
    expect(isAddressRange(range)).toBe(true)
  },
)

test.each([
  '',
  'localhost',
  '10.0.0.0/33',
  '10.0.0/8',
  '10.0.0.0/',
  '10.0.0.0/08',
  '::1/129',
  'fe80::1%eth0',
  '1',
  '*',
  '10.0.0.0/8 ',
  '0x7f.0.0.1',
  '127.1',
  '010.0.0.1',
  '::ffff:10.0.0.1%1',
])('%p is no range', (range) => {
  expect(isAddressRange(range)).toBe(false)
})

const ranges: [string[], string | null, boolean][] = [
  [[], null, true],
  [[], '192.0.2.1', true],
  [['10.0.0.0/8'], null, false],
  [['10.0.0.0/8'], '10.255.0.1', true],
  [['10.0.0.0/8'], '11.0.0.1', false],
  [['10.0.0.0/8'], '::ffff:10.0.0.1', true],
  [['192.0.2.1'], '192.0.2.1', true],
  [['192.0.2.1'], '192.0.2.2', false],
  [['2001:db8::/32', '192.0.2.1'], '2001:db8:1::5', true],
  [['2001:db8::/32'], '2001:db9::5', false],
  [['0.0.0.0/0'], '203.0.113.9', true],
  [['0.0.0.0/0'], '2001:db8::1', false],
]

test.each(ranges)('from %p, %p is allowed: %p', (allowed, address, expected) => {
  expect(addressTest(allowed)(() => address)).toBe(expected)
})
