/** The table of containers agrees with itself. */
import { expect, test } from '@jest/globals'
import {
  containerMediaTypes,
  containers,
  isContainer,
  mediaTypesByExtension,
  nameByContent,
  namesOf,
} from '@video-scraper/core'

test('a row is found by the first name that ffprobe gives, and each name is in one row', () => {
  const readers: string[] = []
  for (const [name, { readers: names }] of Object.entries(containers)) {
    expect(names[0]).toBe(name)
    expect(isContainer(names.join(','))).toBe(true)
    readers.push(...names)
  }
  expect(namesOf('readers').toSorted()).toEqual(readers.toSorted())
})

test.each(['image2', 'png_pipe', 'gif', 'tty', 'hls', 'dash', 'concat', 'srt', '', 'constructor', '__proto__'])(
  '%j is no container',
  (formatName) => {
    expect(isContainer(formatName)).toBe(false)
    expect(nameByContent({ formatName, hasVideo: true, beginning: '', named: 'mp4' })).toBeNull()
  },
)

const SOUND_ONLY = 'mp3 aac ac3 eac3 dts amr wav w64 aiff au caf flac ape wv tta'.split(' ')
const PICTURE_ONLY = 'mpegvideo h264 hevc m4v av1 obu ivf'.split(' ')
const possible = (formatName: string) =>
  [true, false].filter((hasVideo) => !(hasVideo ? SOUND_ONLY : PICTURE_ONLY).includes(formatName))
const BEGINNINGS = [
  '',
  '\0\0\0\x14ftypqt  ',
  '\0\0\0\x18ftyp3gp4',
  '\x1aE\xdf\xa3\x01B\x82\x84webm',
  '\x1aE\xdf\xa3B\x82\x88matroska',
]

test.each(Object.keys(containers))('%s: whatever a file is called, its name is in the table', (formatName) => {
  const names = [...Object.keys(mediaTypesByExtension), 'php', 'MP4', '', 'constructor']
  const contents = possible(formatName).flatMap((hasVideo) =>
    BEGINNINGS.flatMap((beginning) => names.map((named) => ({ formatName, hasVideo, beginning, named }))),
  )
  expect(contents.length).toBeGreaterThan(0)
  for (const content of contents) {
    const name = nameByContent(content)
    expect(Object.keys(mediaTypesByExtension)).toContain(name?.extension)
    expect(name?.mediaType).toMatch(/^(video|audio|application)\//)
  }
})

const QUICKTIME = '\0\0\0\x14ftypqt  '
const THREE_GP = '\0\0\0\x18ftyp3gp4'
const THREE_GP2 = '\0\0\0\x18ftyp3g2a'
const ISO = '\0\0\0\x18ftypisom'
const WEBM = '\x1aE\xdf\xa3\x01B\x82\x84webm'
const MATROSKA = '\x1aE\xdf\xa3B\x82\x88matroska'
const MOV = 'mov,mp4,m4a,3gp,3g2,mj2'

// Whether there is a picture; what the source called it; what it becomes.
test.each([
  ['mp4 stays mp4', MOV, ISO, true, 'mp4', 'mp4', 'video/mp4'],
  ['a name that fits is kept', MOV, ISO, true, 'm4v', 'm4v', 'video/mp4'],
  ['a name is kept in whatever letters it is written', MOV, ISO, true, 'M4V', 'm4v', 'video/mp4'],
  ['sound alone is no mp4', MOV, ISO, false, 'mp4', 'm4a', 'audio/mp4'],
  ['sound that has a name of its own keeps it', MOV, ISO, false, 'm4b', 'm4b', 'audio/mp4'],
  ['a picture is not called as sound is', MOV, ISO, true, 'm4a', 'mp4', 'video/mp4'],
  ['QuickTime is mov, whatever it was called', MOV, QUICKTIME, true, 'mp4', 'mov', 'video/quicktime'],
  ['an old QuickTime without a brand is mov', MOV, '\0\0\0\x08wide', true, 'mp4', 'mov', 'video/quicktime'],
  ['a brand stands behind the size of its atom', MOV, 'ftypqt  ', true, 'mp4', 'mp4', 'video/mp4'],
  ['3GPP', MOV, THREE_GP, true, 'mp4', '3gp', 'video/3gpp'],
  ['3GPP with sound alone', MOV, THREE_GP, false, 'm4a', '3gp', 'audio/3gpp'],
  ['3GPP2', MOV, THREE_GP2, true, '3gp', '3g2', 'video/3gpp2'],
  ['what is no QuickTime is not called so', MOV, ISO, true, 'mov', 'mp4', 'video/mp4'],
  ['WebM', 'matroska,webm', WEBM, true, 'mkv', 'webm', 'video/webm'],
  ['WebM with sound alone', 'matroska,webm', WEBM, false, 'webm', 'webm', 'audio/webm'],
  ['WebM with sound alone, by another name', 'matroska,webm', WEBM, false, 'mp3', 'weba', 'audio/webm'],
  ['Matroska that was called WebM', 'matroska,webm', MATROSKA, true, 'webm', 'mkv', 'video/x-matroska'],
  ['Matroska with sound alone', 'matroska,webm', MATROSKA, false, 'mkv', 'mka', 'audio/x-matroska'],
  [
    'a DocType far behind is that of something else',
    'matroska,webm',
    `\x1aE\xdf\xa3${' '.repeat(100)}webm`,
    true,
    '',
    'mkv',
    'video/x-matroska',
  ],
  ['the word alone is no WebM', 'matroska,webm', 'webm', true, 'webm', 'mkv', 'video/x-matroska'],
  ['a stream has one name for both', 'mpegts', '', false, 'ts', 'ts', 'video/mp2t'],
])('%s', (_, formatName, beginning, hasVideo, named, extension, mediaType) => {
  expect(nameByContent({ formatName, hasVideo, beginning, named })).toEqual({ extension, mediaType })
})

test('sound in a container for pictures alone has no name', () => {
  expect(nameByContent({ formatName: 'h264', hasVideo: false, beginning: '', named: 'h264' })).toBeNull()
})

test('an extension is served with the type of a picture where both are possible', () => {
  expect(mediaTypesByExtension).toMatchObject({
    webm: 'video/webm',
    mp3: 'audio/mpeg',
    '3gp': 'video/3gpp',
    weba: 'audio/webm',
  })
  expect([...containerMediaTypes]).toEqual(expect.arrayContaining(['audio/3gpp', 'video/3gpp', 'audio/webm']))
  expect(containerMediaTypes).not.toContain(undefined)
  expect(namesOf('writers').filter((name) => name === 'mp4')).toEqual(['mp4'])
})
