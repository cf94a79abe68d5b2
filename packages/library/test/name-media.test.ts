/** What each file is called, whatever its source called it: by its content, as the real ffprobe and the first bytes tell it. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { nameMedia, verifyMedia } from '@video-scraper/library'
import { installFfmpegShim } from '@video-scraper/sandbox'
import {
  createMedia,
  type RecipeName,
  readRuntime,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'

const media = createMedia()
let folder: TemporaryFolder
let shim: string
beforeAll(async () => {
  folder = await temporaryFolder()
  shim = await installFfmpegShim({ ...readRuntime(), directory: join(folder.path, 'shim') })
})
afterAll(() => folder.remove())

/** The file of a recipe, verified through the shim under some name. */
async function named(recipe: RecipeName, file: string, extension: string) {
  const path = join(folder.path, `media.${extension}`)
  await copyFile(join(await media.folder(recipe), file), path)
  const expects = { video: null, audio: null }
  const signal = new AbortController().signal
  const probed = await verifyMedia({ path, ffprobe: join(shim, 'ffprobe'), folder: folder.path, expects, signal })
  return await nameMedia({ path, named: extension }, probed)
}

/** File of the recipe, what it is called under its own name, and what under a name that says nothing. */
test.each([
  ['video.mov', 'mov', 'video/quicktime', 'mov'],
  ['video.f4v', 'f4v', 'video/mp4', 'mp4'],
  ['video.m4v', 'm4v', 'video/mp4', 'mp4'],
  ['video.mpeg4', 'mp4', 'video/mp4', 'mp4'],
  ['video.3gp', '3gp', 'video/3gpp', '3gp'],
  ['video.3g2', '3g2', 'video/3gpp2', '3g2'],
  ['video.flv', 'flv', 'video/x-flv', 'flv'],
  ['video.ts', 'ts', 'video/mp2t', 'ts'],
  ['video.m2ts', 'm2ts', 'video/mp2t', 'ts'],
  ['video.mkv', 'mkv', 'video/x-matroska', 'mkv'],
  ['video.divx', 'divx', 'video/x-msvideo', 'avi'],
  ['video.vob', 'vob', 'video/mpeg', 'mpg'],
  ['video.mpg', 'mpg', 'video/mpeg', 'mpg'],
  ['video.mxf', 'mxf', 'application/mxf', 'mxf'],
  ['video.asf', 'asf', 'video/x-ms-asf', 'wmv'],
  ['video.ogv', 'ogv', 'video/ogg', 'ogv'],
  ['sound.wma', 'wma', 'audio/x-ms-wma', 'wma'],
  ['sound.m4b', 'm4b', 'audio/mp4', 'm4a'],
  ['sound.m4r', 'm4r', 'audio/mp4', 'm4a'],
  ['sound.aac', 'aac', 'audio/aac', 'aac'],
  ['sound.mp4', 'm4a', 'audio/mp4', 'm4a'],
  ['sound.opus', 'opus', 'audio/ogg', 'ogg'],
  ['sound.oga', 'oga', 'audio/ogg', 'ogg'],
  ['sound.webm', 'webm', 'audio/webm', 'weba'],
  ['sound.flac', 'flac', 'audio/flac', 'flac'],
  ['sound.ac3', 'ac3', 'audio/ac3', 'ac3'],
  ['sound.amr', 'amr', 'audio/amr', 'amr'],
  ['sound.wav', 'wav', 'audio/wav', 'wav'],
  ['sound.aiff', 'aiff', 'audio/aiff', 'aiff'],
  ['sound.mka', 'mka', 'audio/x-matroska', 'mka'],
])('%s is %s, %s, and without a name %s', async (file, extension, mediaType, usual) => {
  const own = file.split('.')[1] ?? ''
  expect(await named('containers', file, own)).toEqual({ extension, mediaType })
  expect(await named('containers', file, own.toUpperCase())).toEqual({ extension, mediaType })
  for (const nothing of ['unknown_video', 'php', 'tar', 'cgi'])
    expect((await named('containers', file, nothing)).extension).toBe(usual)
})

test.each<[RecipeName, string, string, string, string]>([
  ['webm', 'video.webm', 'mp4', 'webm', 'video/webm'],
  ['webm', 'video.webm', 'mkv', 'webm', 'video/webm'],
  ['containers', 'video.mkv', 'webm', 'mkv', 'video/x-matroska'],
  ['audio', 'audio.mp3', 'mp4', 'mp3', 'audio/mpeg'],
  ['containers', 'sound.aac', 'mp4', 'aac', 'audio/aac'],
  ['containers', 'video.mov', 'mp4', 'mov', 'video/quicktime'],
  ['video', 'video.mp4', 'mov', 'mp4', 'video/mp4'],
  ['video', 'video.mp4', 'm4a', 'mp4', 'video/mp4'],
  ['video', 'video.mp4', 'mp3', 'mp4', 'video/mp4'],
  ['containers', 'video.ogv', 'ogg', 'ogv', 'video/ogg'],
  ['containers', 'sound.oga', 'ogv', 'ogg', 'audio/ogg'],
  ['containers', 'video.flv', 'f4v', 'flv', 'video/x-flv'],
])('%s/%s that is named .%s becomes .%s, %s', async (recipe, file, extension, becomes, mediaType) => {
  expect(await named(recipe, file, extension)).toEqual({ extension: becomes, mediaType })
})
