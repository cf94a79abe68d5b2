import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { mediaFileOf } from '../src/media-file.ts'

test('only a regular, filled media file inside the folder is taken', async () => {
  const root = await temporaryFolder()
  try {
    const folder = join(root.path, 'job')
    await mkdir(join(folder, 'folder.mp4'), { recursive: true })
    await writeFile(join(root.path, 'outside.mp4'), 'x')
    await writeFile(join(folder, 'media.MP4'), 'x')
    await writeFile(join(folder, 'empty.mp4'), '')
    await writeFile(join(folder, 'list.m3u8'), 'x')
    await symlink(join(root.path, 'outside.mp4'), join(folder, 'link.mp4'))
    await symlink(root.path, join(folder, 'way-out'))
    await expect(mediaFileOf(join(folder, 'media.MP4'), folder)).resolves.toMatchObject({ extension: 'mp4' })
    for (const [name, code] of [
      ['empty.mp4', 'invalid_media'],
      ['list.m3u8', 'invalid_media'],
      ['link.mp4', 'internal_error'],
      ['folder.mp4', 'internal_error'],
      ['missing.mp4', 'internal_error'],
      ['../outside.mp4', 'internal_error'],
      ['way-out/outside.mp4', 'internal_error'],
    ] as const) {
      await expect(mediaFileOf(join(folder, name), folder)).rejects.toMatchObject({ code })
    }
    await expect(mediaFileOf('/etc/passwd', folder)).rejects.toMatchObject({ code: 'internal_error' })
  } finally {
    await root.remove()
  }
})

test.each<[string, string | null]>([
  ['\0\0\0\x20ftypisom', 'mp4'],
  ['\0\0\0\x14ftypqt  ', 'mov'],
  ['\x1a\x45\xdf\xa3\x01\x42\x82\x84webm', 'webm'],
  ['\x1a\x45\xdf\xa3\x01\x42\x82\x88matroska', 'mkv'],
  ['ID3\x04', 'mp3'],
  [`G${'\0'.repeat(187)}G`, 'ts'],
  [`x${'\0'.repeat(187)}G`, null],
  ['#EXTM3U\n', null],
  ['<html>', null],
])('a file of an unknown kind that begins with %j is %s', async (beginning, extension) => {
  const { path: folder, remove } = await temporaryFolder()
  try {
    await writeFile(join(folder, 'media.unknown_video'), Buffer.from(beginning, 'latin1'))
    const taken = mediaFileOf(join(folder, 'media.unknown_video'), folder)
    if (extension === null) await expect(taken).rejects.toMatchObject({ code: 'invalid_media' })
    else await expect(taken).resolves.toMatchObject({ extension })
  } finally {
    await remove()
  }
})
