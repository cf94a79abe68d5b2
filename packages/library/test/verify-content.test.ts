/** Files that are no media are what their role says, by their content. */
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type FileRole, type FileRoleRule, fileRoles } from '@video-scraper/contracts'
import { verifyContent } from '@video-scraper/library'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'

let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const VTT = 'WEBVTT\n\n00:00.000 --> 00:01.000\nGrüße\n'
const SRT = '1\n00:00:00,000 --> 00:00:01,000\nGrüße\n'
const binary = (...bytes: number[]) => Buffer.from(bytes)
const WEBP = Buffer.concat([Buffer.from('RIFF'), binary(1, 0, 0, 0), Buffer.from('WEBPVP8 ')])
const PNG = binary(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)
const JPEG = binary(0xff, 0xd8, 0xff, 0xe0, 0)

async function verify(content: string | Buffer, role: FileRole, name = 'file.mp4') {
  const path = join(folder.path, name)
  await writeFile(path, content)
  return verifyContent(path, role)
}

test.each<[FileRole, string, string | Buffer, string]>([
  ['subtitle', 'vtt', VTT, 'text/vtt'],
  ['subtitle', 'vtt', `\ufeff${VTT}`, 'text/vtt'],
  ['subtitle', 'srt', SRT, 'application/x-subrip'],
  ['transcript', 'json', '{"segments":[]}', 'application/json'],
  ['transcript', 'txt', 'Some words.', 'text/plain'],
  ['thumbnail', 'jpg', JPEG, 'image/jpeg'],
  ['thumbnail', 'png', PNG, 'image/png'],
  ['thumbnail', 'webp', WEBP, 'image/webp'],
  ['info', 'json', '{"title":"x"}', 'application/json'],
])('a %s is a %s by its content, whatever it is called', async (role, extension, content, mediaType) => {
  const sizeBytes = Buffer.byteLength(content)
  expect(await verify(content, role)).toEqual({ extension, mediaType, sizeBytes })
})

test.each<[string, FileRole, string | Buffer]>([
  ['a page for a subtitle', 'subtitle', '<!doctype html><script>alert(1)</script>'],
  ['a picture for a subtitle', 'subtitle', JPEG],
  ['a playlist for a subtitle', 'subtitle', '#EXTM3U\n'],
  ['WEBVTT in another encoding', 'subtitle', Buffer.from(VTT, 'latin1')],
  ['WEBVTT with NUL', 'subtitle', `${VTT}\0`],
  ['a page for a picture', 'thumbnail', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
  ['a page for a record', 'info', '<html>'],
  ['nothing', 'subtitle', ''],
  ['too much', 'info', `"${'x'.repeat(4 * 1024 * 1024)}"`],
])('%s is invalid_media', async (_, role, content) => {
  await expect(verify(content, role)).rejects.toMatchObject({ code: 'invalid_media' })
})

test('a link, a folder and what is not there are invalid_media', async () => {
  const path = join(folder.path, 'target.vtt')
  await writeFile(path, VTT)
  await symlink(path, join(folder.path, 'link.vtt'))
  await mkdir(join(folder.path, 'folder.vtt'))
  for (const name of ['link.vtt', 'folder.vtt', 'missing.vtt']) {
    await expect(verifyContent(join(folder.path, name), 'subtitle')).rejects.toMatchObject({ code: 'invalid_media' })
  }
})

test('every role but those of media is bounded in size, and media is not verified here', async () => {
  for (const [role, { extensions, bytesMax }] of Object.entries(fileRoles) as [FileRole, FileRoleRule][]) {
    expect(bytesMax === null).toBe(extensions === null)
    if (extensions === null) await expect(verify(VTT, role)).rejects.toThrow(TypeError)
  }
})
