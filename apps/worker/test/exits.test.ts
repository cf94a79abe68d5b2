/** The operator's exits: what the file may say, and which exit an attempt uses. */
import { createSecretKey } from 'node:crypto'
import { expect, test } from '@jest/globals'
import type { SecretKeys } from '@video-scraper/boot'
import type { JobEnvelope } from '@video-scraper/contracts'
import type { ExitState } from '@video-scraper/store'
import { type Asker, chooseExit, hasNextExit, inOrderFor } from '../src/exits/choose-exit.ts'
import { defaultWayOf } from '../src/exits/open-exits.ts'
import { exitTableOf, UnusableExits } from '../src/exits/read-exits.ts'
import { siteNamed } from '../src/exits/site-names.ts'

const digestOf = (address: string) => `digest of ${address}`
const read = (table: unknown) => exitTableOf(JSON.stringify(table), digestOf)
const FREE: ExitState = { unreachable: false, botChecked: false }

const exitsOf = (count: number) =>
  read({ sites: { 'a.test': Array.from({ length: count }, (_, n) => `http://exit-${n}:3128`) } }).sites.get('a.test') ??
  []
const asker = (url: string, attempt = 1, options: object = {}): Asker => ({
  attempt,
  envelope: { owner: 'me', url, options } as JobEnvelope,
})

test('one proxy or a list of them, countries, and rates with or without a burst', () => {
  const { sites, countries, rates } = read({
    sites: { 'youtube.com': ['http://u:p@one:3128', 'http://two:80'], '127.0.0.1': 'http://three:1' },
    countries: { DE: 'http://four:1' },
    rates: { 'youtube.com': { jobs: 300, seconds: 3600 }, 'vimeo.com': { jobs: 1, seconds: 2, burst: 3 } },
  })
  expect(sites.get('youtube.com')?.map(({ name, proxy }) => [name, proxy?.host])).toEqual([
    ['site youtube.com, 1', 'one'],
    ['site youtube.com, 2', 'two'],
  ])
  expect([...sites.keys(), ...countries.keys()]).toEqual(['youtube.com', '127.0.0.1', 'DE'])
  expect(rates.get('youtube.com')).toEqual({ jobs: 300, seconds: 3600, burst: 1 })
  expect(rates.get('vimeo.com')).toEqual({ jobs: 1, seconds: 2, burst: 3 })
  expect(read({}).sites.size).toBe(0)
})

test.each([
  ['[]', 'it must be an object'],
  ['{', 'it is not JSON'],
  ['{"proxies": {}}', '"proxies" is not one of sites, countries, rates'],
  ['{"sites": []}', '"sites" must be an object'],
  ['{"sites": {"www.youtube.com": "http://a:1"}}', '"sites.www.youtube.com" is no registrable domain'],
  ['{"sites": {"YouTube.com": "http://a:1"}}', '"sites.YouTube.com" is no registrable domain'],
  ['{"sites": {"youtu.be": "http://a:1"}}', '"sites.youtu.be" is no registrable domain'],
  ['{"sites": {"co.uk": "http://a:1"}}', '"sites.co.uk" is no registrable domain'],
  ['{"sites": {"a.com": []}}', '"sites.a.com" must have 1 to 50 proxies'],
  ['{"sites": {"a.com": [1]}}', '"sites.a.com" has a proxy that is not http://host:port'],
  [
    '{"countries": {"de": "http://a:1"}}',
    '"countries.de" is no registrable domain in lower case, such as youtube.com, or no country',
  ],
  ['{"rates": {"a.com": {"jobs": 0, "seconds": 1}}}', '"rates.a.com" must be {"jobs"'],
  ['{"rates": {"a.com": {"jobs": 1, "seconds": 1, "per": 2}}}', '"rates.a.com" must be {"jobs"'],
])('%s is refused: %s', (text, problem) => {
  expect(() => exitTableOf(text, digestOf)).toThrow(UnusableExits)
  expect(() => exitTableOf(text, digestOf)).toThrow(problem)
})

test('a problem names the row and repeats nothing of an address', () => {
  const text = JSON.stringify({
    sites: { 'a.com': ['https://user:hidden@proxy.internal:1', 'socks5://user:hidden@b:1'] },
  })
  expect(() => exitTableOf(text, digestOf)).toThrow(/^"sites\.a\.com" has a proxy that is not[^@]*password@host:port$/)
})

test('an address has one exit as long as none is avoided; addresses spread over all of them', () => {
  const exits = exitsOf(3)
  const urls = Array.from({ length: 60 }, (_, n) => `https://a.test/${n}`)
  const first = (url: string) => inOrderFor(asker(url), exits)[0]?.name
  expect(new Set(urls.map(first)).size).toBe(3)
  expect(urls.map(first)).toEqual(urls.map(first))
  // One that is taken away moves its own addresses alone.
  const [gone, ...rest] = exits
  for (const url of urls) if (first(url) !== gone?.name) expect(inOrderFor(asker(url), rest)[0]?.name).toBe(first(url))
})

test('each attempt begins with the next exit; one that met bot checks comes last; one that is away never', () => {
  const exits = exitsOf(3)
  const free = exits.map(() => FREE)
  const choice = (attempt: number, states: readonly ExitState[]) => {
    const exit = chooseExit(asker('https://a.test/', attempt), exits, states)
    return exit === null ? null : exits.indexOf(exit)
  }
  expect([1, 2, 3].map((attempt) => choice(attempt, free))).toEqual([0, 1, 2])
  const checked = { unreachable: false, botChecked: true }
  const away = { unreachable: true, botChecked: false }
  expect(choice(1, [checked, FREE, FREE])).toBe(1)
  expect(choice(1, [checked, away, checked])).toBe(0)
  expect(choice(1, [away, away, checked])).toBe(2)
  expect(choice(1, [away, away, away])).toBeNull()
  expect(choice(1, [])).toBe(0)
  expect([1, 2, 3].map((attempt) => hasNextExit(asker('https://a.test/', attempt), exits))).toEqual([true, true, false])
  expect(hasNextExit(asker('https://a.test/', 1), exitsOf(1))).toBe(false)
})

test('a cookie set stays with its exit: for every address, attempt and bot check, and where that is away it waits', () => {
  const exits = exitsOf(3)
  const cookies = { cookies: 'mine' }
  const first = inOrderFor(asker('https://a.test/1', 1, cookies), exits)
  expect(inOrderFor(asker('https://a.test/2', 3, cookies), exits)).toEqual(first)
  const chosen = (attempt: number, state: ExitState) =>
    chooseExit(asker('https://a.test/1', attempt, cookies), first, [state, FREE, FREE])
  expect(chosen(3, FREE)).toBe(first[0])
  expect(chosen(1, { unreachable: false, botChecked: true })).toBe(first[0])
  expect(chosen(1, { unreachable: true, botChecked: false })).toBeNull()
  expect(hasNextExit(asker('https://a.test/1', 1, cookies), exits)).toBe(false)
})

test('the way of jobs without an exit is known by a digest that nobody can make without the key', () => {
  const setting = 'http://user:hidden@proxy.test:3128'
  const key = (byte: number): SecretKeys => [{ id: String(byte), secret: createSecretKey(Buffer.alloc(32, byte)) }]
  const way = defaultWayOf(setting, key(1))
  expect(way).toMatch(/^[0-9a-f]{32}$/)
  expect(defaultWayOf(setting, key(1))).toBe(way)
  expect(defaultWayOf(setting, key(2))).not.toBe(way)
  expect(defaultWayOf('', key(1))).toBe('direct')
})

test('the further domains of a site are that site', () => {
  const hosts = ['youtu.be', 'm.youtube.com', 'www.youtube-nocookie.com', 'other.test', '127.0.0.1']
  expect(hosts.map(siteNamed)).toEqual(['youtube.com', 'youtube.com', 'youtube.com', 'other.test', '127.0.0.1'])
})
