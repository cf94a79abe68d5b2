/** The hostile sources bite whoever is unguarded: a trap that never closed would prove nothing about a guard. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import {
  createMedia,
  readRuntime,
  startVideoSite,
  type TemporaryFolder,
  temporaryFolder,
  type VideoSite,
} from '../src/index.ts'
import { codecsOf, runYtdlp } from './run-ytdlp.ts'

// Starting Python takes its time where two cores are shared.
jest.setTimeout(60_000)

let site: VideoSite
let folder: TemporaryFolder
beforeAll(async () => {
  site = await startVideoSite()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await site.stop()
  await folder.remove()
})

test('what points inside leads there: pages, fragments, keys, redirects, and the playlist that only ffmpeg opens', async () => {
  const inside = (mark: string, path = '/video.mp4'): string => site.url(path, { inside: mark })
  const urls = [
    site.url('/hostile/page-inside', { to: inside('page') }),
    site.url('/hostile/inside.m3u8', { to: inside('fragment') }),
    site.url('/hostile/inside.m3u8', { key: 1, to: inside('key') }),
    site.url('/hostile/redirect-inside', { to: inside('redirect') }),
    site.url('/hostile/sample-aes.m3u8', { target: inside('child', '/hls/simple.m3u8') }),
  ]
  const options = ['--no-simulate', '--match-filters', '!is_live', '--retries', '0', '--fragment-retries', '0']
  await runYtdlp(folder.path, [...options, '-o', '%(autonumber)s.%(ext)s'], urls)
  const reached = site.requests().map(({ search }) => /^\?inside=(\w+)$/.exec(search)?.[1])
  expect(new Set(reached)).toEqual(new Set([undefined, 'page', 'fragment', 'key', 'redirect', 'child']))
  // yt-dlp lends ffmpeg its own headers; this one is ffmpeg's.
  expect(site.requests('/hls/simple.m3u8')).toMatchObject([{ headers: { 'icy-metadata': '1' } }])
})

test.each(['dash-as-mp4.mp4', 'manifest.mpd'])('%s makes a later ffmpeg read a local file', async (name) => {
  const target = pathToFileURL(join(await createMedia().folder('video'), 'video.mp4')).href
  const answer = await fetch(site.url(`/hostile/${name}`, { target }))
  expect(answer.headers.get('content-type')).toBe('video/mp4')
  const file = join(folder.path, name)
  await writeFile(file, await answer.text())
  // Not asked of ffprobe, which need not be able to read manifests where ffmpeg is.
  const result = join(folder.path, `${name}.mkv`)
  await promisify(execFile)(readRuntime().ffmpeg, ['-nostdin', '-v', 'error', '-i', file, '-c', 'copy', result])
  expect(await codecsOf(result)).toEqual(['aac', 'h264'])
})
