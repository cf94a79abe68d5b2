/** The name that a client is offered, for titles that mean harm or only look unusual. */
import { expect, test } from '@jest/globals'
import { contentDisposition } from '@video-scraper/library'

const filename = 'video-0123456789abcdef0123456789abcdef.mp4'
/** Tells it apart from other videos of the same title. */
const ENDING = ' [01234567].mp4'

/** Reads the offered name as a client does. */
const offered = (title: string | null) => {
  const value = contentDisposition({ title, filename })
  const encoded = /^attachment; filename=[A-Za-z0-9._-]+; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]+)$/.exec(value)
  return decodeURIComponent(encoded?.[1] ?? '')
}

test.each([
  ['plain words', 'My Holiday', 'My Holiday.mp4'],
  ['another script', 'Größe – 日本語', 'Größe – 日本語.mp4'],
  ['right-to-left text', 'שלום עולם', 'שלום עולם.mp4'],
  ['marks that turn the direction', 'a\u202egpj.exe\u2066\u200f\u206a', 'agpj.exe.mp4'],
  ['quotes', 'say "hi" \'there\'', "say _hi_ 'there'.mp4"],
  ['newlines', 'one\r\nSet-Cookie: a=b\u2028two\u2029', 'one Set-Cookie_ a=b two.mp4'],
  ['control characters', 'a\0b\x1bc\x7fd\x85e', 'abcde.mp4'],
  ['a path', '../../etc/passwd', '_.._etc_passwd.mp4'],
  ['a path of Windows', 'C:\\x', 'C__x.mp4'],
  ['a device name', 'CON', '_CON.mp4'],
  ['a device name with an extension', 'nul.txt', '_nul.txt.mp4'],
  ['a device name behind a dot', ' . con', '_con.mp4'],
  ['a device name as its own extension', 'aux.mp4', '_aux.mp4'],
  ['a word that begins like a device', 'Contact', 'Contact.mp4'],
  ['a leading dot', '.bashrc', 'bashrc.mp4'],
  ['trailing dots and spaces', 'the end. . .', 'the end.mp4'],
  ['its own extension', 'Holiday.MP4', 'Holiday.mp4'],
  ['percent and parameters', "100%; filename=x'()*", "100%; filename=x'()_.mp4"],
  ['a lone surrogate', 'x\ud800y\udc00', 'xy.mp4'],
  ['joined emoji', 'family 👩‍👩‍👧‍👦', 'family 👩‍👩‍👧‍👦.mp4'],
])('a title with %s is offered readably', (_, title, name) => {
  expect(offered(title)).toBe(name.replace(/\.mp4$/, ENDING))
})

test.each([
  ['null', null],
  ['nothing', ''],
  ['only dots', '...'],
  ['only marks', '\u202e\u200f\n'],
])('a title of %s leaves the name in the library alone', (_, title) => {
  expect(contentDisposition({ title, filename })).toBe(`attachment; filename=${filename}`)
})

test.each([
  ['300 emoji', '👩‍👩‍👧‍👦'.repeat(300), '👩‍👩‍👧‍👦'],
  ['300 flags', '🇩🇪'.repeat(300), '🇩🇪'],
  ['300 accents written apart', 'e\u0301'.repeat(300), 'e\u0301'],
  ['300 letters', 'a'.repeat(300), 'a'],
  ['300 characters of three bytes', '語'.repeat(300), '語'],
])('%s are cut at a border between characters, within 150 bytes', (_, title, unit) => {
  const name = offered(title)
  const stem = name.slice(0, -ENDING.length)
  expect(name.endsWith(ENDING)).toBe(true)
  expect(stem).toBe(unit.repeat(stem.length / unit.length))
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(150)
  expect(Buffer.byteLength(name) + Buffer.byteLength(unit)).toBeGreaterThan(150)
})

test('one character with a thousand accents is cut as well', () => {
  const name = offered(`e${'\u0301'.repeat(990)}`)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(150)
  expect(name.startsWith('e\u0301')).toBe(true)
})

test('a title of a million characters costs next to nothing', () => {
  const start = performance.now()
  offered('👩‍👩‍👧‍👦 \u202e'.repeat(100_000))
  expect(performance.now() - start).toBeLessThan(200)
})

test('the value is printable ASCII whatever the title and the name are', () => {
  const everything = String.fromCharCode(...Array.from({ length: 0x3000 }, (_, code) => code))
  for (const start of [0, 100, 1000, 5000, 10_000]) {
    const value = contentDisposition({ title: everything.slice(start), filename: `${everything}"\r\nx.mp4` })
    expect(value).toMatch(/^[\x20-\x7e]+$/)
    expect(value).not.toContain('"')
  }
})

test('inline is said when it is asked for', () => {
  expect(contentDisposition({ title: 'x', filename, disposition: 'inline' })).toMatch(/^inline; filename=/)
})

test('two videos of one title are saved under two names', () => {
  const nameOf = (digits: string) =>
    /filename\*=UTF-8''(.*)$/.exec(contentDisposition({ title: 'Cats', filename: `cats-${digits.repeat(4)}.mp4` }))?.[1]
  expect(decodeURIComponent(nameOf('0a1b2c3d') ?? '')).toBe('Cats [0a1b2c3d].mp4')
  expect(nameOf('0a1b2c3d')).not.toBe(nameOf('1a1b2c3d'))
  expect(decodeURIComponent(nameOf('0a1b2c3d') ?? '').length).toBeLessThanOrEqual(150)
})

test.each([
  ['the second clip', 'clip', 'mp4', undefined, 'Cats [0a1b2c3d] 2.mp4'],
  ['the second subtitle', 'subtitle', 'vtt', 'pt-BR', 'Cats [0a1b2c3d].pt-BR.vtt'],
])('%s differs from those of the other files of its video', (_, role, extension, language, name) => {
  const value = contentDisposition({
    title: 'Cats',
    filename: `cats-${'0a1b2c3d'.repeat(4)}-2-${role}.${extension}`,
    language,
  })
  expect(decodeURIComponent(value.split("UTF-8''")[1] ?? '')).toBe(name)
})
