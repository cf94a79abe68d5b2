/** What the kit does as a program of its own, and what stays when its process dies. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  descendantsOf,
  eventually,
  isAlive,
  processesMentioning,
  readRuntime,
  type TemporaryFolder,
  temporaryFolder,
} from '../src/index.ts'
import { compileKit } from './compile-kit.ts'

let folder: TemporaryFolder
let started: ChildProcess | undefined

beforeAll(async () => {
  folder = await temporaryFolder()
  await compileKit(folder.path)
})
afterAll(async () => {
  started?.kill('SIGKILL')
  await folder.remove()
})

test('Redis and its folder do not outlive a test process that is killed', async () => {
  const program = `
    import { startRedis } from './index.js'
    const redis = await startRedis({ redisServer: process.argv[2] })
    console.log(JSON.stringify({ pid: redis.pid }))
    setInterval(() => {}, 1000)
  `
  await writeFile(join(folder.path, 'crash.js'), program)
  const { child, line } = await startProgram('crash.js', [readRuntime().redisServer], { TMPDIR: folder.path })
  const { pid } = JSON.parse(line) as { pid: number }
  const redisFolder = realpathSync(`/proc/${pid}/cwd`)
  expect(isAlive(pid)).toBe(true)
  expect(redisFolder.startsWith(folder.path)).toBe(true)
  const below = descendantsOf(child.pid ?? 0)
  expect(below.map((entry) => entry.pid)).toContain(pid)

  child.kill('SIGKILL')
  await eventually(() => !isAlive(pid))
  await eventually(() => !existsSync(redisFolder))
  await eventually(() => below.every((entry) => !isAlive(entry.pid)))
})

test('the site runs as a program with the ffmpeg that FFMPEG names, and ends on SIGTERM', async () => {
  const ffmpeg = readRuntime().ffmpeg
  const { child, line: origin } = await startProgram('serve-video-site.js', [], { FFMPEG: ffmpeg, TMPDIR: folder.path })
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${origin}/`)).status).toBe(200)
  const video = await fetch(`${origin}/video.mp4`)
  expect(Buffer.from(await video.arrayBuffer()).toString('latin1', 4, 8)).toBe('ftyp')

  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  expect(processesMentioning(folder.path)).toEqual([])
})

test('the site serves HTTPS beside HTTP where SECURE_NAME names it, and writes down whom to trust', async () => {
  const authority = join(folder.path, 'authority.pem')
  const env = { TMPDIR: folder.path, SECURE_NAME: 'localhost', AUTHORITY_FILE: authority }
  const { line } = await startProgram('serve-video-site.js', [], env)
  const [plain, secure] = line.split(' ')
  expect((await fetch(`${plain}/`)).status).toBe(200)
  const ask = (ca: Buffer | undefined) =>
    new Promise((resolve, reject) => get(`${secure}/`, { ca }, resolve).once('error', reject))
  await expect(ask(await readFile(authority))).resolves.toMatchObject({ statusCode: 200 })
  await expect(ask(undefined)).rejects.toThrow('certificate')
  started?.kill('SIGTERM')
})

test('the program says what is missing when nothing is provided', async () => {
  const { line: origin } = await startProgram('serve-video-site.js', [], { TMPDIR: folder.path })
  const video = await fetch(`${origin}/video.mp4`)
  expect([video.status, await video.text()]).toEqual([500, 'Error: Run npm run setup first.'])
  started?.kill('SIGTERM')
})

async function startProgram(file: string, argv: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(folder.path, file), ...argv], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started = child
  const [bytes] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, line: bytes.toString().trim() }
}
