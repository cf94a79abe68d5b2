/** Media of a few kilobytes that make the real ffmpeg and ffprobe ask for gigabytes: the shim has the kernel refuse them. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import {
  flvWithIndex,
  matroskaWithHugePicture,
  matroskaWithTracks,
  mp3WithPictures,
  mp4WithSamples,
  oggWithStreams,
  readRuntime,
  temporaryFolder,
} from '@video-scraper/testkit'
import { installFfmpegShim } from '../src/index.ts'
import { whenDone } from './when-done.ts'

const runtime = readRuntime()
const MIB = 2 ** 20

/** Starts a program and says how it ended and what it took at most, of all that it started. */
const MEASURE = `
import json, resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=20)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'code': ended.returncode, 'bytes': used.ru_maxrss * 1024, 'seconds': used.ru_utime + used.ru_stime}))
`
interface Taken {
  code: number
  bytes: number
  seconds: number
}

async function measured(program: string, args: string[], cwd: string, env: Record<string, string>): Promise<Taken> {
  const { stdout } = await promisify(execFile)(runtime.python, ['-ISc', MEASURE, program, ...args], { cwd, env })
  return JSON.parse(stdout) as Taken
}

async function shimFor(ffmpeg = runtime.ffmpeg): Promise<{ job: string; shim: string }> {
  const { path, remove } = await temporaryFolder()
  whenDone(remove)
  const job = join(path, 'job')
  await mkdir(job)
  return { job, shim: await installFfmpegShim({ ...runtime, ffmpeg, directory: join(path, 'shim') }) }
}

const HOSTILE: [string, string, () => Buffer][] = [
  ['two tracks that claim 60 million samples', 'media.mp4', () => mp4WithSamples(2, 60_000_000)],
  ['eight tracks that claim 170 million samples', 'media.mov', () => mp4WithSamples(8, 170_000_000)],
  ['an index of 268 million key frames', 'media.flv', () => flvWithIndex(1_000)],
  ['10,000 tracks', 'media.mkv', () => matroskaWithTracks(10_000)],
  ['a picture of 16,380 by 16,380', 'media.webm', matroskaWithHugePicture],
  ['10,000 streams', 'media.ogg', () => oggWithStreams(10_000)],
  ['900 pictures of 16,000 by 16,000', 'media.mp3', () => mp3WithPictures(900)],
]

test.each(HOSTILE)('%s: every program that reads media stays small', async (_claim, name, bytes) => {
  const { job, shim } = await shimFor()
  await writeFile(join(job, name), bytes())
  const env = { VIDEO_SCRAPER_MEMORY_BYTES: String(200 * MIB), VIDEO_SCRAPER_CPU_SECONDS: '10' }
  const report = ['-v', 'error', '-show_entries', 'format=format_name', '-i', `file:${name}`]
  const probe = await measured(join(shim, 'ffprobe'), report, job, env)
  const copy = ['-v', 'error', '-y', '-i', `file:${name}`, '-c', 'copy', '-map', '0', 'file:out.mkv']
  const copied = await measured(join(shim, 'ffmpeg'), copy, job, env)
  for (const each of [probe, copied]) {
    expect(each.code).not.toBe(69)
    expect(each.bytes).toBeLessThan(500 * MIB)
    expect(each.seconds).toBeLessThan(11)
  }
})

test('where nothing is said, a gigabyte and a quarter of an hour are the limit', async () => {
  const { job, shim } = await shimFor()
  await writeFile(join(job, 'media.mp4'), mp4WithSamples(2, 60_000_000))
  const { bytes } = await measured(join(shim, 'ffprobe'), ['-v', 'error', '-i', 'file:media.mp4'], job, {})
  expect(bytes).toBeLessThan(1_300 * MIB)
})

/** In place of ffmpeg, behind the real shim. */
async function impostor(line: string): Promise<{ job: string; shim: string }> {
  const { path, remove } = await temporaryFolder()
  whenDone(remove)
  await writeFile(join(path, 'impostor'), `#!${runtime.python} -IS\nimport resource as r\n${line}\n`, { mode: 0o700 })
  return shimFor(join(path, 'impostor'))
}

test('processor time without end is ended by the kernel', async () => {
  const { job, shim } = await impostor('while True: pass')
  const { code, seconds } = await measured(join(shim, 'ffmpeg'), ['-version'], job, { VIDEO_SCRAPER_CPU_SECONDS: '1' })
  expect(code).toBeLessThan(0)
  expect(seconds).toBeLessThan(3)
})

test('no environment raises what the kernel already holds a job to', async () => {
  const { job, shim } = await impostor('print(r.getrlimit(r.RLIMIT_DATA) + r.getrlimit(r.RLIMIT_CPU))')
  const start = `import os, resource as r, sys
r.setrlimit(r.RLIMIT_DATA, (${300 * MIB}, ${300 * MIB})); r.setrlimit(r.RLIMIT_CPU, (7, 7))
os.execv(sys.argv[1], sys.argv[1:])`
  const env = { VIDEO_SCRAPER_MEMORY_BYTES: String(2 ** 40), VIDEO_SCRAPER_CPU_SECONDS: '0' }
  const args = ['-ISc', start, join(shim, 'ffmpeg'), '-version']
  const { stdout } = await promisify(execFile)(runtime.python, args, { cwd: job, env })
  expect(stdout).toContain(`(${300 * MIB}, ${300 * MIB}, 7, 7)`)
})
