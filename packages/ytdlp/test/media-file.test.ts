import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { mediaFileOf } from '../src/media-file.ts'

test('only a regular, filled file inside the folder is taken', async () => {
  const root = await temporaryFolder()
  try {
    const folder = join(root.path, 'job')
    await mkdir(join(folder, 'folder.mp4'), { recursive: true })
    await writeFile(join(root.path, 'outside.mp4'), 'x')
    await writeFile(join(folder, 'media.MP4'), 'x')
    await writeFile(join(folder, 'empty.mp4'), '')
    await symlink(join(root.path, 'outside.mp4'), join(folder, 'link.mp4'))
    await symlink(root.path, join(folder, 'way-out'))
    await expect(mediaFileOf(join(folder, 'media.MP4'), folder)).resolves.toMatchObject({ extension: 'mp4' })
    for (const [name, code] of [
      ['empty.mp4', 'invalid_media'],
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
