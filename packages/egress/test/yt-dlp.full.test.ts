import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { installFfmpegShim } from '@video-scraper/sandbox'
import {
  readRuntime,
  startVideoSite,
  type TemporaryFolder,
  temporaryFolder,
  type VideoSite,
} from '@video-scraper/testkit'
import { type Admission, createTargetPolicy, type EgressProxy, startEgressProxy } from '../src/index.ts'

const runtime = readRuntime()
let folder: TemporaryFolder
let site: VideoSite
let proxy: EgressProxy
let shim: string

beforeAll(async () => {
  folder = await temporaryFolder()
  site = await startVideoSite()
  proxy = await startEgressProxy({ policy: createTargetPolicy({ allow: [`${site.host}:${site.port}`] }) })
  shim = await installFfmpegShim({ ...runtime, directory: join(folder.path, 'shim') })
})
afterAll(async () => {
  await proxy?.close()
  await site?.stop()
  await folder?.remove()
})

/** Runs the real yt-dlp behind the proxy and the shim, with nothing else in its environment. */
async function download(path: string, options: readonly string[]) {
  const job = await mkdtemp(join(folder.path, 'job-'))
  const admission: Admission = proxy.admit(path)
  const args = [
    '-m',
    'yt_dlp',
    '--ignore-config',
    '--no-cache-dir',
    '--proxy',
    admission.proxyUrl,
    '--ffmpeg-location',
    shim,
  ]
  const child = spawn(
    runtime.python,
    [...args, '--downloader', 'm3u8:native', '-o', 'media.%(ext)s', ...options, site.url(path)],
    {
      cwd: job,
      env: { PYTHONPATH: runtime.ytdlp, HOME: job, TMPDIR: job },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let stderr = ''
  child.stderr.on('data', (bytes) => {
    stderr += bytes
  })
  const [code] = (await once(child, 'close')) as [number | null]
  admission.revoke()
  return { code, stderr, files: await readdir(job), admission }
}

test.each([
  ['a plain video', '/video.mp4', [], 'media.mp4'],
  ['a chunked video', '/chunked.mp4', [], 'media.mp4'],
  ['a page with JSON-LD', '/jsonld', ['--embed-metadata', '--embed-thumbnail'], 'media.mp4'],
  ['HLS with separate sound', '/hls/master.m3u8', ['--merge-output-format', 'mp4'], 'media.mp4'],
  ['encrypted HLS', '/hls-aes/aes.m3u8', [], 'media.mp4'],
  ['DASH', '/dash/manifest.mpd', ['--merge-output-format', 'mkv'], 'media.mkv'],
  ['sound taken out', '/video.mp4', ['-x', '--audio-format', 'mp3'], 'media.mp3'],
  ['a page with subtitles', '/page', ['--embed-subs', '--remux-video', 'mkv'], 'media.mkv'],
])('%s passes the proxy and the shim', async (_case, path, options, file) => {
  const { code, stderr, files, admission } = await download(path, options)
  expect([code, code === 0 ? '' : stderr]).toEqual([0, ''])
  expect(stderr).not.toContain('refused:')
  expect(files).toEqual([file])
  expect(admission.bytes()).toBeGreaterThan(1000)
  expect(admission.blocked()).toBe(false)
})
