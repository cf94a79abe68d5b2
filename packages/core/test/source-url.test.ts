/** Hostile spellings of an address, and what becomes of each. Hosts are checked elsewhere. */
import { expect, test } from '@jest/globals'
import { URL_LENGTH_MAX } from '@video-scraper/contracts'
import { canonicalSourceUrl } from '@video-scraper/core'

const layered = (text: string, layers: number): string => {
  const once = [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
  return once.replaceAll('%', `%${'25'.repeat(layers - 1)}`)
}
/** Encodes every character of the text again in each layer, digits and all. */
const reencoded = (text: string, layers: number): string =>
  layers === 0
    ? text
    : reencoded([...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''), layers - 1)

test.each([
  ['ftp://example.com/a'],
  ['ftp://example.com/?u=http://example.com'],
  ['file:///etc/passwd'],
  ['javascript:alert(1)'],
  ['data:text/html,x'],
  ['gopher://example.com'],
  ['ws://example.com'],
  ['blob:http://example.com/1'],
  ['view-source:http://example.com'],
  ['rtmp://example.com/live'],
  ['ytsearch:cats'],
  ['ytsearch10:http://example.com'],
  ['httpx://example.com'],
  ['http'],
  ['http:'],
  ['http://'],
  ['http:///'],
  ['http:///example.com'],
  ['http:example.com'],
  ['http:/example.com'],
  ['http:\\\\example.com'],
  ['http:/\\example.com'],
  ['http:\\/example.com'],
  ['http://\\example.com'],
  ['http://?x'],
  ['http://#x'],
  ['//example.com/a'],
  ['/a'],
  ['a'],
  ['example.com'],
  [''],
  [' '],
  [' http://example.com'],
  ['http://example.com '],
  ['\u00a0http://example.com'],
  ['http://example.com\ufeff'],
  ['-http://example.com'],
  ['--exec=reboot'],
  ['http://user@example.com'],
  ['http://user:secret@example.com'],
  ['http://:secret@example.com'],
  ['http://user:@example.com'],
  ['http://user%40x@example.com'],
  ['http://good.example@evil.example/'],
  ['http://exa mple.com'],
  ['http://exa\tmple.com'],
  ['http://example.com/\na'],
  ['http://example.com/\r\nHost: x'],
  ['http://example.com/\0'],
  ['http://example.com/\u007f'],
  ['http://example.com/\u0085'],
  ['ht\ntp://example.com'],
  ['\u0000http://example.com'],
  ['http://example.com:99999'],
  ['http://example.com:-1'],
  ['http://example.com:80a'],
  ['http://[::1'],
  ['http://[example.com]'],
  ['http://1.2.3.4.5.6.999999'],
  ['http://256.256.256.256'],
  ['http://exa%00mple.com'],
  ['http://%'],
  ['http://a<b'],
  ['http://xn--'],
  ['http://example.com/#__youtubedl_smuggle=%7B%7D'],
  ['http://example.com/#__YOUTUBEDL_smuggle=1'],
  ['http://example.com/?u=__youtubedl_smuggle'],
  ['http://example.com/__youtubedl_smuggle'],
  ['http://example.com/__youtubedl_smuggle/../a'],
  ['http://example.com/#%5f%5fyoutubedl_smuggle'],
  ['http://example.com/#%5F_youtubedl%5fsmuggle'],
  ['http://example.com/#__%79outubedl_smuggle'],
  ['http://example.com/#__%59OUTUBEDL_smuggle'],
  ['http://example.com/#%255f_youtubedl_smuggle'],
  ['http://example.com/#%%35f_youtubedl_smuggle'],
  ['http://example.com/#%25%35%66_youtubedl_smuggle'],
  ['http://example.com/#%2%35%35f_youtubedl_smuggle'],
  [`http://example.com/#${layered('__youtubedl_smuggle', 1)}`],
  [`http://example.com/#${layered('__youtubedl_smuggle', 3)}`],
  [`http://example.com/#${layered('__YouTubeDL_Smuggle', 9)}`],
  [`http://example.com/?u=${reencoded('__youtubedl_smuggle', 2)}`],
  [`http://example.com/?u=${reencoded('__youtubedl_smuggle', 4)}`],
  ['http://__youtubedl_smuggle.example.com/'],
  [`http://example.com/${'a'.repeat(URL_LENGTH_MAX)}`],
  [`http://example.com/${'é'.repeat(2000)}`],
  [`http://example.com/?${' '.repeat(2000)}x`],
])('%j is refused', (text) => expect(canonicalSourceUrl(text)).toBeNull())

test.each([
  ['http://example.com', 'http://example.com/'],
  ['HTTPS://EXAMPLE.com/A', 'https://example.com/A'],
  ['http://example.com:80/', 'http://example.com/'],
  ['https://example.com:443/?', 'https://example.com/?'],
  ['http://example.com:8080/a', 'http://example.com:8080/a'],
  ['http://example.com/a/../../b/./c', 'http://example.com/b/c'],
  ['http://example.com/%2e%2e/a', 'http://example.com/a'],
  ['http://example.com/a\\b', 'http://example.com/a/b'],
  ['http://good.example\\@evil.example/', 'http://good.example/@evil.example/'],
  ['http://@example.com/', 'http://example.com/'],
  ['http://example.com/@a:b', 'http://example.com/@a:b'],
  ['http://example.com/?u=http://a:b@c/', 'http://example.com/?u=http://a:b@c/'],
  ['http://bücher.example/', 'http://xn--bcher-kva.example/'],
  ['http://ｅｘａｍｐｌｅ.com/', 'http://example.com/'],
  ['http://example。com/', 'http://example.com/'],
  ['http://2130706433/', 'http://127.0.0.1/'],
  ['http://0x7f.1/', 'http://127.0.0.1/'],
  ['http://0177.0.0.1/', 'http://127.0.0.1/'],
  ['http://127.0.0.1./', 'http://127.0.0.1/'],
  ['http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/'],
  ['http://localhost/', 'http://localhost/'],
  ['http://example.com/a b', 'http://example.com/a%20b'],
  ['http://example.com/é', 'http://example.com/%C3%A9'],
  ['http://example.com/%zz', 'http://example.com/%zz'],
  ['http://example.com/\ud800', 'http://example.com/%EF%BF%BD'],
  ['http://example.com/#t=1', 'http://example.com/#t=1'],
  ['https://youtu.be/__youtube_', 'https://youtu.be/__youtube_'],
  ["http://example.com/;rm%20-rf'$(x)`y`", "http://example.com/;rm%20-rf'$(x)%60y%60"],
])('%j is spelled %s', (text, canonical) => expect(canonicalSourceUrl(text)).toBe(canonical))

test('the canonical spelling is its own canonical spelling', () => {
  for (const text of ['http://bücher.example/a b', 'http://a.example\\@b/', 'http://0x7f.1/é']) {
    const canonical = canonicalSourceUrl(text)
    expect(canonical).not.toBeNull()
    expect(canonicalSourceUrl(canonical ?? '')).toBe(canonical)
  }
})

test('exactly 4096 characters are accepted, before and after', () => {
  const start = 'http://example.com/'
  const longest = start + 'a'.repeat(URL_LENGTH_MAX - start.length)
  expect(canonicalSourceUrl(longest)).toBe(longest)
  expect(canonicalSourceUrl(`${longest}a`)).toBeNull()
  // The port goes, which makes the canonical spelling short enough.
  expect(canonicalSourceUrl(longest.replace('.com/', '.com:80/'))).toBeNull()
  // The missing slash makes the canonical spelling one longer than what was sent.
  const query = `http://example.com?${'a'.repeat(URL_LENGTH_MAX - start.length)}`
  expect(query).toHaveLength(URL_LENGTH_MAX)
  expect(canonicalSourceUrl(query)).toBeNull()
})

test('the deepest nesting that fits is checked in a moment', () => {
  const start = Date.now()
  expect(canonicalSourceUrl(`http://example.com/#%${'25'.repeat(2000)}5f`)).not.toBeNull()
  expect(canonicalSourceUrl(`http://example.com/#${'%2'.repeat(1800)}${'5'.repeat(200)}`)).not.toBeNull()
  expect(Date.now() - start).toBeLessThan(500)
})
