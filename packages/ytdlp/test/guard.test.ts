/** The guard in front of yt-dlp's downloaders fits this yt-dlp, or the engine does not start. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
let homes: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  stage = await startStage()
  homes = await temporaryFolder()
})
afterAll(async () => {
  await stage.stop()
  await homes.remove()
})

/** A copy of yt-dlp in which the downloaders differ. The rest are links. */
function homeWhere(name: string, change: (source: string) => string, files: readonly string[]): string {
  const home = join(homes.path, name)
  const link = (from: string, to: string, except: string) => {
    mkdirSync(to)
    for (const entry of readdirSync(from)) if (entry !== except) symlinkSync(join(from, entry), join(to, entry))
  }
  link(stage.options.home, home, 'yt_dlp')
  link(join(stage.options.home, 'yt_dlp'), join(home, 'yt_dlp'), 'downloader')
  const downloaders = join(home, 'yt_dlp', 'downloader')
  cpSync(join(stage.options.home, 'yt_dlp', 'downloader'), downloaders, {
    recursive: true,
    filter: (path) => !path.includes('__pycache__'),
  })
  for (const file of files) {
    const path = join(downloaders, file)
    const source = readFileSync(path, 'utf8')
    const changed = change(source)
    expect(changed).not.toBe(source)
    writeFileSync(path, changed)
  }
  return home
}

const everywhere = ['common.py', 'http.py', 'hls.py', 'dash.py', 'external.py']
const renamed = (source: string) => source.replaceAll(/(?<!get_)\breal_download\b/g, 'fetch_media')

test.each<[string, RegExp, () => string]>([
  [
    'whose downloading method has another name',
    /no FileDownloader\.real_download/,
    () => homeWhere('renamed', renamed, everywhere),
  ],
  [
    'whose downloading method takes other parameters',
    /no FileDownloader\.real_download/,
    () =>
      homeWhere(
        'parameters',
        (source) => source.replace('def real_download(self, filename, info_dict)', 'def real_download(self, request)'),
        ['common.py'],
      ),
  ],
  [
    'whose base class calls another method',
    /FileDownloader\.download of yt-dlp does not call real_download/,
    () =>
      homeWhere('caller', (source) => source.replace('ret = self.real_download(', 'ret = self.fetch_media('), [
        'common.py',
      ]),
  ],
  [
    'whose HLS downloader calls ffmpeg by another method',
    /HlsFD\.real_download of yt-dlp does not call real_download/,
    () => homeWhere('hls', (source) => source.replaceAll('fd.real_download(', 'fd.fetch_media('), ['hls.py']),
  ],
])('a yt-dlp %s is refused before any job', async (_, sentence, home) => {
  await expect(stage.engineWith({ home: home() }).describe()).rejects.toThrow(sentence)
})

test('the pinned yt-dlp is accepted, also as a copy', async () => {
  const home = homeWhere('same', (source) => `${source}\n`, ['common.py'])
  await expect(stage.engineWith({ home }).describe()).resolves.toMatchObject({ version: expect.any(String) })
})
