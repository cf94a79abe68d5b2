/** Names that the library gives, and names that it refuses. */
import { expect, test } from '@jest/globals'
import { type FileRole, type FileRoleRule, fileRoles } from '@video-scraper/contracts'
import {
  FILE_NAME_LENGTH_MAX,
  fileNameFor,
  isFileName,
  mediaTypes,
  type NamedFile,
  readFileName,
} from '@video-scraper/library'

const ID = '0123456789abcdef0123456789abcdef'
const jobId = `download_${ID}`

const slugs: [string, string | null, string][] = [
  ['plain words', 'My Holiday, Part 2!', 'my-holiday-part-2'],
  ['accents and special letters', 'Größe Çà Œuvre Łódź Þór İstanbul', 'grosse-ca-oeuvre-lodz-thor-istanbul'],
  ['an apostrophe', "Don't Panic", 'dont-panic'],
  ['styled letters', '𝐇𝐞𝐥𝐥𝐨 ①', 'hello-1'],
  ['nothing', '', 'video'],
  ['null', null, 'video'],
  ['Cyrillic letters', 'Привет, мир', 'privet-mir'],
  ['Greek letters', 'Ελληνικά τραγούδι', 'ellinika-tragoydi'],
  ['Arabic letters', 'مرحبا بالعالم', 'mrhb-bllm'],
  ['Hebrew letters', 'שלום עולם', 'slvm-vlm'],
  ['Chinese characters', '你好世界', 'ni-hao-shi-jie'],
  ['Japanese characters', '日本語のタイトル', 'ri-ben-yu-notaitoru'],
  ['Korean characters', '한국어 제목', 'hangugeo-jemog'],
  ['Devanagari letters', 'हिन्दी गाना', 'hindi-gana'],
  ['letters between emoji', '🎵 Привет 🇩🇪', 'privet'],
  ['300 emoji', '👩‍👩‍👧‍👦'.repeat(300), 'video'],
  ['right-to-left marks', 'a\u202egpj.exe\u200f', 'agpj-exe'],
  ['quotes and newlines', 'say "hi"\r\nSet-Cookie: a=b\0', 'say-hi-set-cookie-a-b'],
  ['a path', '../../etc/passwd', 'etc-passwd'],
  ['a device name', 'CON', 'con'],
  ['trailing dots', 'the end... ', 'the-end'],
  ['dashes', '---a---b---', 'a-b'],
  ['a lone surrogate', 'x\ud800y', 'xy'],
  ['letters behind a thousand other characters', `${'🎵'.repeat(500)}x`, 'video'],
]

test.each(slugs)('%s becomes a plain slug', (_, title, slug) => {
  expect(fileNameFor({ title, jobId, extension: 'mp4' })).toBe(`${slug}-${ID}.mp4`)
})

const hostileTitles = [
  ...slugs.map(([, title]) => title),
  'a'.repeat(100_000),
  `${'a'.repeat(79)} b`,
  `${'ß'.repeat(500)}`,
  'é'.repeat(1001),
  String.fromCharCode(...Array.from({ length: 0x300 }, (_, code) => code)),
]
const extensions = ['mp4', '.MKV', 'webm', 'html', '../x', '', 'a b', '\0', 'mp4\n', 'constructor', 'm2ts']

test('every name is ASCII, within its length, accepted by the pattern, and the same each time', () => {
  for (const title of hostileTitles) {
    for (const extension of extensions) {
      const name = fileNameFor({ title, jobId, extension })
      expect(name).toBe(fileNameFor({ title, jobId, extension }))
      expect(name).toMatch(/^[a-z0-9.-]+$/)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(FILE_NAME_LENGTH_MAX)
      expect(isFileName(name)).toBe(true)
    }
  }
})

test.each(['download_', `download_${ID}0`, `download_${ID.toUpperCase()}`, `../${jobId}`, ID, ''])(
  'no file is named after %j, which is no id of a download',
  (id) => {
    expect(() => fileNameFor({ title: 'x', jobId: id, extension: 'mp4' })).toThrow(TypeError)
  },
)

const good = `video-${ID}.mp4`
test.each([
  ['a parent folder', `../${good}`],
  ['a folder', `x/${good}`],
  ['a backslash', `x\\${good}`],
  ['an encoded slash', `x%2f${good}`],
  ['an absolute path', `/${good}`],
  ['NUL', `${good}\0`],
  ['NUL inside', `video-${ID}\0.mp4`],
  ['a trailing newline', `${good}\n`],
  ['a leading dot', `.${good}`],
  ['a trailing dot', `${good}.`],
  ['a sidecar', `${good}.json`],
  ['a temporary', '.unfinished-0123456789abcdef'],
  ['capitals', good.toUpperCase()],
  ['too short an id', `video-${ID.slice(1)}.mp4`],
  ['an extension that is not in the table', `video-${ID}.json`],
  ['an extension that every object has', `video-${ID}.constructor`],
  ['no slug', `-${ID}.mp4`],
  ['a slug that is too long', `${'a'.repeat(81)}-${ID}.mp4`],
  ['another alphabet', `vidеo-${ID}.mp4`],
  ['dots only', '..'],
  ['nothing', ''],
])('a name with %s is refused', (_, name) => {
  expect(isFileName(name)).toBe(false)
})

test('no extension is served as something that a browser runs', () => {
  for (const type of Object.values(mediaTypes))
    expect(type).toMatch(/^(?:(?:video|audio)\/[a-z0-9-]+|application\/(?:octet-stream|mxf))$/)
})

test('other files of a job are named by job, number and role, and say so', () => {
  const name = (jobId: string, place: NonNullable<NamedFile['place']>, extension: string) =>
    fileNameFor({ title: `A ${'long '.repeat(40)}title`, jobId, extension, place })
  for (const [role, { extensions, ofJobs }] of Object.entries(fileRoles) as [FileRole, FileRoleRule][]) {
    for (const extension of extensions ?? ['mp4', 'webm', 'mp3']) {
      const given = name(`${ofJobs}${ID}`, { number: 999, role }, extension)
      expect(given.length).toBeLessThanOrEqual(FILE_NAME_LENGTH_MAX)
      expect(readFileName(given)).toEqual({ jobId: `${ofJobs}${ID}`, number: 999, role })
    }
  }
  expect(fileNameFor({ title: 'A video', jobId, extension: 'vtt', place: { number: 2, role: 'subtitle' } })).toBe(
    `a-video-${ID}-2-subtitle.vtt`,
  )
  const first = fileNameFor({
    title: 'A',
    jobId: `transcript_${ID}`,
    extension: 'json',
    place: { number: 1, role: 'transcript' },
  })
  expect([first, readFileName(first)?.jobId]).toEqual([`a-${ID}-1-transcript.json`, `transcript_${ID}`])
  expect(() => name(jobId, { number: 2, role: 'transcript' }, 'srt')).toThrow(TypeError)
  expect(readFileName(`a-video-${ID}.mp4`)).toEqual({ jobId, number: 1, role: 'media' })
})

test('a piece of the media has any extension of media, and no other file is named wrongly', () => {
  const name = (number: number, role: FileRole, extension: string) =>
    fileNameFor({ title: 'a', jobId, extension, place: { number, role } })
  expect([name(2, 'clip', '.MKV'), name(2, 'clip', 'm.p4')]).toEqual([`a-${ID}-2-clip.mkv`, `a-${ID}-2-clip.bin`])
  expect(() => name(1000, 'clip', 'mp4')).toThrow(TypeError)
  expect(() => name(2, 'subtitle', 'mp4')).toThrow(TypeError)
})

test.each([
  ['a number below two', `video-${ID}-1-subtitle.vtt`],
  ['a number with a leading zero', `video-${ID}-02-subtitle.vtt`],
  ['too large a number', `video-${ID}-1000-subtitle.vtt`],
  ['a role that there is not', `video-${ID}-2-script.vtt`],
  ['a role that every object has', `video-${ID}-2-constructor.vtt`],
  ['an extension that its role may not have', `video-${ID}-2-subtitle.mp4`],
  ['an extension of text that is no first file', `video-${ID}.vtt`],
])('a name of another file with %s is refused', (_, name) => {
  expect(isFileName(name)).toBe(false)
})

test('names that were once given stay good', () => {
  const given =
    '3g2 3gp aac aiff alac asf avi bin f4v flac flv m2ts m4a m4b m4v mka mkv mov mp3 mp4 mpeg mpg mts oga ogg ogv opus ts vob wav weba webm wma wmv'
  for (const extension of given.split(' ')) expect(isFileName(`video-${ID}.${extension}`)).toBe(true)
  for (const extension of Object.keys(mediaTypes)) {
    expect(isFileName(fileNameFor({ title: 'a', jobId, extension }))).toBe(true)
    expect(fileNameFor({ title: 'a', jobId, extension })).toMatch(new RegExp(`\\.${extension}$`))
  }
})
