/** The guard in front of yt-dlp's downloaders fits this yt-dlp, or the engine does not start. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { changedYtdlp } from './changed-ytdlp.ts'
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

const homeWhere = (name: string, change: (source: string) => string, files: readonly string[]): string =>
  changedYtdlp(
    stage.options.home,
    join(homes.path, name),
    Object.fromEntries(files.map((file) => [`yt_dlp/downloader/${file}`, change])),
  )

const everywhere = ['common.py', 'http.py', 'hls.py', 'dash.py', 'external.py']
const renamed = (source: string) => source.replaceAll(/(?<!get_)\breal_download\b/g, 'fetch_media')

test.each<[string, RegExp, () => string]>([
  [
    'whose downloading method has another name',
    /FileDownloader\.real_download is missing/,
    () => homeWhere('renamed', renamed, everywhere),
  ],
  [
    'whose downloading method takes other parameters',
    /FileDownloader\.real_download is \(self, request\)/,
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
