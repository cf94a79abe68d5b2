/** What a client may give as cookies, and what is refused in which words. */
import { expect, test } from '@jest/globals'
import type { JsonCookies } from '@video-scraper/contracts'
import { CookieProblem } from '../src/cookie-problem.ts'
import { readCookies } from '../src/read-cookies.ts'

const NOW = Date.parse('2026-05-01T00:00:00Z')
const FUTURE = NOW / 1000 + 86_400
const line = (...fields: (string | number)[]) => fields.join('\t')
const read = (given: string | JsonCookies) => readCookies(given, NOW)
const SESSION = {
  domain: 'example.com',
  includesSubdomains: true,
  path: '/',
  name: 'session',
  value: 'a b=c',
  expires: FUTURE,
  secure: true,
  httpOnly: true,
}

test('a file in the form of Netscape is read with remarks, both ends of lines, a mark of bytes and cookies that scripts cannot see', () => {
  const text = [
    '\uFEFF# Netscape HTTP Cookie File',
    '',
    line('#HttpOnly_.Example.com', 'TRUE', '/', 'TRUE', FUTURE, 'session', 'a b=c'),
    `${line('www.example.com', 'FALSE', '/watch', 'FALSE', 0, 'language', '')}\r`,
  ].join('\n')
  const language = { domain: 'www.example.com', includesSubdomains: false, path: '/watch', name: 'language', value: '' }
  expect(read(text)).toEqual([SESSION, { ...language, expires: null, secure: false, httpOnly: false }])
})

test.each([
  ['an extension of browsers', { expirationDate: FUTURE + 0.5, hostOnly: false, session: false, storeId: '0' }],
  ['Playwright', { expires: FUTURE, sameSite: 'Lax' }],
  ['an exporter that counts in milliseconds', { expires: FUTURE * 1000 }],
])('the array of %s is read', (_, more) => {
  const cookie = { domain: '.example.com', name: 'session', value: 'a b=c', path: '/', secure: true, httpOnly: true }
  expect(read([{ ...cookie, ...more }])).toEqual([SESSION])
})

test.each([[-1], [0], [null], [undefined]])('an expiry of %p is the end of the session', (expires) => {
  const [cookie] = read([
    { domain: 'example.com', name: 'a', value: 'b', ...(expires === undefined ? {} : { expires }) },
  ])
  expect(cookie?.expires).toBeNull()
})

test.each([[2 ** 53], [1e19], [1e300], [Number.MAX_VALUE]])(
  'an expiry of %p is as late as a date can say',
  (expires) => {
    const [cookie] = read([{ domain: 'example.com', name: 'a', value: 'b', expires }])
    expect(new Date((cookie?.expires ?? 0) * 1000).getUTCFullYear()).toBeGreaterThan(100_000)
  },
)

test('a domain that fills the whole body is refused before it is read', () => {
  const domain = Array.from({ length: 87_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_900))).join(
    '',
  )
  const before = performance.now()
  expect(() => read(line(domain, 'TRUE', '/', 'FALSE', 0, 'a', 'b'))).toThrow('Line 1 has a domain of more than 253')
  // Read, it takes many seconds.
  expect(performance.now() - before).toBeLessThan(1_000)
})

test('of two that are the same the later stands, and those that have expired are left out', () => {
  const of = (name: string, value: string, expires: number) =>
    line('a.example.com', 'FALSE', '/', 'FALSE', expires, name, value)
  const cookies = read([of('a', 'old', 0), of('gone', 'x', NOW / 1000 - 1), of('a', 'new', 0)].join('\n'))
  expect(cookies.map(({ name, value }) => [name, value])).toEqual([['a', 'new']])
})

test('a domain beyond ASCII is kept as it is asked for', () => {
  expect(read([{ domain: '.bücher.example', name: 'a', value: 'b' }])[0]?.domain).toBe('xn--bcher-kva.example')
})

const SECRET = 'S3CRET'
test.each<[string, string | JsonCookies, string]>([
  ['no cookie at all', '# nothing', 'no cookie in it'],
  ['a page', `<!doctype html>\n${SECRET}`, 'Line 1 is no cookie'],
  ['spaces in place of tabs', `example.com TRUE / FALSE 0 a ${SECRET}`, 'Line 1 is no cookie'],
  ['a public suffix', line('.co.uk', 'TRUE', '/', 'FALSE', 0, 'a', SECRET), 'Line 1 is for no site'],
  ['a public suffix of a company', line('github.io', 'TRUE', '/', 'FALSE', 0, 'a', SECRET), 'Line 1 is for no site'],
  ['no domain', [{ domain: '', name: 'a', value: SECRET }], 'Cookie 1 is for no site'],
  ['a domain with a path', [{ domain: 'example.com/x', name: 'a', value: SECRET }], 'Cookie 1 is for no site'],
  ['a long domain', [{ domain: `${'a.'.repeat(127)}example`, name: 'a', value: SECRET }], 'has a domain of more than'],
  [
    'a domain that is long in ASCII',
    [{ domain: `${'ü.'.repeat(120)}de`, name: 'a', value: SECRET }],
    'has a domain of',
  ],
  ['a long path', [{ domain: 'a.example', path: `/${'p'.repeat(1024)}`, name: 'a', value: SECRET }], 'a path of more'],
  ['no name', [{ domain: 'example.com', name: '', value: SECRET }], 'Cookie 1 has no name'],
  ['a line break', [{ domain: 'example.com', name: 'a', value: `${SECRET}\r\nX: y` }], 'Cookie 1 holds a character'],
  ['a semicolon', [{ domain: 'example.com', name: 'a', value: `${SECRET}; b=c` }], 'Cookie 1 holds a character'],
  ['too long', [{ domain: 'example.com', name: 'a', value: SECRET.repeat(683) }], 'Cookie 1 is longer'],
  ['only what has expired', line('a.example', 'TRUE', '/', 'TRUE', 1, 'a', SECRET), 'have expired'],
  ['too many', `${line('a.example', 'TRUE', '/', 'TRUE', 0, 'a', SECRET)}\n`.repeat(501), 'There are 501 cookies'],
])('%s is refused with a sentence that holds no value', (_, given, sentence) => {
  const reading = () => read(given)
  expect(reading).toThrow(CookieProblem)
  expect(reading).toThrow(sentence)
  expect(reading).not.toThrow(SECRET)
})
