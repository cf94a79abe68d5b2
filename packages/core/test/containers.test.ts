/** The table of containers agrees with itself. */
import { expect, test } from '@jest/globals'
import { containers, isContainer, mediaTypesByExtension, nameByContent, namesOf } from '@video-scraper/core'

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
