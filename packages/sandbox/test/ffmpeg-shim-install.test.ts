import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { namesOf } from '@video-scraper/core'
import { eventually, isAlive, readRuntime, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { installFfmpegShim } from '../src/index.ts'
import { REFUSED } from './shim-job.ts'

const runtime = readRuntime()
const run = promisify(execFile)
let folder: TemporaryFolder
let shim: string

beforeAll(async () => {
  folder = await temporaryFolder()
  shim = await installFfmpegShim({ ...runtime, directory: join(folder.path, 'shim') })
})
afterAll(() => folder?.remove())

test('ffmpeg dies with the process that started it', async () => {
  // The input never ends: the parent says ffmpeg's id and is killed.
  const script = 'sleep 60 | "$0" -v error -i - file:never.mp4 & echo $!; wait'
  const parent = spawn('/bin/sh', ['-c', script, join(shim, 'ffmpeg')], { cwd: folder.path, detached: true })
  try {
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line)
    await eventually(async () => (await readFile(`/proc/${pid}/cmdline`, 'utf8')).startsWith('ffmpeg\0'))
    parent.kill('SIGKILL')
    await eventually(() => !isAlive(pid))
  } finally {
    process.kill(-(parent.pid ?? Number.NaN), 'SIGKILL')
  }
})

test.each([
  ['with a blank in its path', 'a folder'],
  ['with a long path', 'long'.repeat(40)],
])('an interpreter %s works too', async (_case, name) => {
  const home = join(folder.path, name)
  await mkdir(home)
  const python = join(home, 'python3')
  await writeFile(python, `#!/bin/sh\nexec '${runtime.python}' "$@"\n`, { mode: 0o700 })
  const directory = await installFfmpegShim({ ...runtime, python, directory: join(home, 'shim') })
  expect((await run(join(directory, 'ffprobe'), ['-version'])).stdout).toMatch(/^ffprobe version/)
  await expect(run(join(directory, 'ffmpeg'), ['-i', 'http://x/'])).rejects.toMatchObject({ code: REFUSED })
})

test('installing again writes only what differs, so that a worker starts on a full disk', async () => {
  const identities = async () =>
    Promise.all(
      (await readdir(shim, { recursive: true })).sort().map(async (name) => [name, (await stat(join(shim, name))).ino]),
    )
  const before = await identities()
  await installFfmpegShim({ ...runtime, directory: shim })
  expect(await identities()).toEqual(before)
  await writeFile(join(shim, 'ffprobe'), 'something else')
  await installFfmpegShim({ ...runtime, directory: shim })
  expect((await run(join(shim, 'ffprobe'), ['-version'])).stdout).toMatch(/^ffprobe version/)
})

test('every module is compiled, for everybody to read, and only that of its very source is used', async () => {
  const modules = (await readdir(shim)).filter((name) => name.endsWith('.py'))
  const compiled = join(shim, '__pycache__')
  const names = await readdir(compiled)
  expect(names.map((name) => name.replace(/\.cpython-\d+\.pyc$/, '.py')).sort()).toEqual(modules.sort())
  expect((await stat(compiled)).mode & 0o777).toBe(0o755)
  for (const name of names) expect((await stat(join(compiled, name))).mode & 0o777).toBe(0o644)
  // Of the same length and time as the one that was compiled.
  const path = join(shim, 'ffmpeg_shim.py')
  const [source, { mtime }] = [await readFile(path, 'utf8'), await stat(path)]
  await writeFile(path, source.replace('REFUSED = 69', 'REFUSED = 70'))
  await utimes(path, mtime, mtime)
  await expect(run(join(shim, 'ffprobe'), ['-i', 'http://x/'])).rejects.toMatchObject({ code: 70 })
  await installFfmpegShim({ ...runtime, directory: shim })
  await expect(run(join(shim, 'ffprobe'), ['-i', 'http://x/'])).rejects.toMatchObject({ code: REFUSED })
})

test('what was compiled by half is replaced, and removed where there is no space for it', async () => {
  const compiled = (await readdir(join(shim, '__pycache__'))).map((name) => join(shim, '__pycache__', name))
  const works = async () => expect((await run(join(shim, 'ffprobe'), ['-version'])).stdout).toMatch(/^ffprobe version/)
  const whole = await Promise.all(compiled.map((path) => readFile(path)))
  const cutOff = () => Promise.all(compiled.map((path) => truncate(path, 1000)))
  await cutOff()
  await expect(works()).rejects.toThrow('EOFError')
  await installFfmpegShim({ ...runtime, directory: shim })
  await works()
  expect(await Promise.all(compiled.map(async (path) => (await stat(path)).size))).toEqual(
    whole.map(({ length }) => length),
  )
  await cutOff()
  // No file may be larger than a block: as on a full disk, the beginning would be written.
  const python = join(folder.path, 'python-with-little-space')
  await writeFile(python, `#!/bin/sh\nulimit -f 1\ntrap '' XFSZ\nexec '${runtime.python}' "$@"\n`, { mode: 0o700 })
  await installFfmpegShim({ ...runtime, python, directory: shim })
  expect(await readdir(join(shim, '__pycache__'))).toEqual([])
  await works()
  await installFfmpegShim({ ...runtime, directory: shim })
  expect((await readdir(join(shim, '__pycache__'))).length).toBe(compiled.length)
})

test('installing again is fine, leaves only the two programs and their sandbox, and only for their owner', async () => {
  const again = () => installFfmpegShim({ ...runtime, directory: shim })
  expect(await Promise.all([again(), again()])).toEqual([shim, shim])
  expect((await readdir(shim)).sort()).toEqual([
    '__pycache__',
    'capabilities.py',
    'ffmpeg',
    'ffmpeg_shim.py',
    'ffprobe',
    'job.filter',
    'landlock.py',
    'media.filter',
    'seccomp.py',
  ])
  for (const path of [shim, join(shim, 'ffmpeg'), join(shim, 'ffprobe')]) {
    expect((await stat(path)).mode & 0o777).toBe(0o755)
  }
})

test('the programs read and write what the table of containers names, and pictures and subtitles', async () => {
  const script = await readFile(join(shim, 'ffmpeg_shim.py'), 'utf8')
  expect(script).not.toMatch(/@[A-Z]+@/)
  const list = (name: string) => new RegExp(`^${name} = frozenset\\('([^']*)'`, 'm').exec(script)?.[1]?.split(' ')
  expect(list('DEMUXERS')).toEqual(namesOf('readers'))
  expect(list('MUXERS')).toEqual(namesOf('writers'))
  expect(namesOf('readers').filter((name) => /hls|dash|concat|rtsp|sdp|vobsub|imf|image2|tty/.test(name))).toEqual([])
})

test.each(['python3', "/it's/python3", '/new\nline'])('the interpreter %j is refused', async (python) => {
  await expect(installFfmpegShim({ ...runtime, python, directory: shim })).rejects.toThrow('absolute paths')
})
