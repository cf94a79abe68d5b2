/** A signed token allows exactly what was signed, until it expires, and nothing else. */
import { expect, test } from '@jest/globals'
import { parseSecretKeys, signToken, verifyToken } from '@video-scraper/boot'

const secretOf = (letter: string) => Buffer.alloc(32, letter).toString('base64')
const OLD = `old:${secretOf('a')}`
const NEW = `new:${secretOf('b')}`
const keys = parseSecretKeys(OLD, 'a test')

const NOW = Date.UTC(2026, 10, 23)
const allowed = { purpose: 'file-link', subject: ['video-1.mp4', 'inline'] }
const token = signToken(keys, { ...allowed, expiresAt: NOW + 60_000 })

test('a token is valid for what was signed, until its second comes', () => {
  expect(verifyToken(keys, token, { ...allowed, now: NOW })).toBe('valid')
  expect(verifyToken(keys, token, { ...allowed, now: NOW + 59_999 })).toBe('valid')
  expect(verifyToken(keys, token, { ...allowed, now: NOW + 60_000 })).toBe('expired')
})

test.each([
  ['another purpose', { purpose: 'event-stream' }],
  ['another subject', { subject: ['video-2.mp4', 'inline'] }],
  ['the same letters in other parts', { subject: ['video-1.mp4inline'] }],
  ['one part more', { subject: ['video-1.mp4', 'inline', ''] }],
  ['no subject', { subject: [] }],
])('a token is worth nothing for %s, expired or not', (_what, change) => {
  for (const now of [NOW, NOW + 60_000]) {
    expect(verifyToken(keys, token, { ...allowed, ...change, now })).toBe('invalid')
  }
})

test('no character of a token can be changed, left out or added, the expiry least of all', () => {
  const verdictOf = (text: string) => verifyToken(keys, text, { ...allowed, now: NOW })
  for (let at = 0; at < token.length; at += 1) {
    const [before, after] = [token.slice(0, at), token.slice(at + 1)]
    for (const other of ['A', 'B', '0', '9', '.', '-', '', `${token[at]}${token[at]}`]) {
      if (other !== token[at])
        expect([at, other, verdictOf(`${before}${other}${after}`)]).toEqual([at, other, 'invalid'])
    }
  }
  for (const text of ['', '.', 'v1...', `${token}=`, ` ${token}`, `${token}\n`, token.repeat(100), '\u0000']) {
    expect(verdictOf(text)).toBe('invalid')
  }
})

test('keys rotate: the first signs, all verify, and one that is taken away takes its tokens with it', () => {
  const both = parseSecretKeys(`${NEW},${OLD}`, 'a test')
  const fresh = signToken(both, { ...allowed, expiresAt: NOW + 60_000 })
  expect(fresh).toMatch(/^v1\.new\./)
  for (const text of [token, fresh]) expect(verifyToken(both, text, { ...allowed, now: NOW })).toBe('valid')
  const after = parseSecretKeys(NEW, 'a test')
  expect(verifyToken(after, token, { ...allowed, now: NOW })).toBe('invalid')
  // An id is no secret: another secret under the same id verifies nothing.
  const other = parseSecretKeys(`old:${secretOf('c')}`, 'a test')
  expect(verifyToken(other, token, { ...allowed, now: NOW })).toBe('invalid')
})

test('a token is made of what a URL may hold, and tells no more than the key and the expiry', () => {
  expect(token).toMatch(/^v1\.old\.\d+\.[A-Za-z0-9_-]{43}$/)
  expect(token).not.toContain('video')
})
