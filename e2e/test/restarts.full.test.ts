/** `npm start` starts again what has ended by itself, and gives up loudly on what keeps ending. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { eventually, freePort, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'

jest.setTimeout(180_000)

const ROOT = new URL('../..', import.meta.url)

let folder: TemporaryFolder
let child: ChildProcess
let output: string

beforeEach(async () => {
  folder = await temporaryFolder()
  output = ''
})
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await folder.remove()
})

function run(argv: readonly string[], env: Record<string, string> = {}): void {
  // The stack brings its own Redis, whatever is configured here.
  const { REDIS_URL: _, ...own } = process.env
  child = spawn(process.execPath, argv, { cwd: ROOT, env: { ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
}

/** The process ids of the running stack, by name. */
async function processes(): Promise<Record<string, number>> {
  const members: { name: string; pid: number }[] = JSON.parse(await readFile(join(folder.path, 'running.json'), 'utf8'))
  return Object.fromEntries(members.map(({ name, pid }) => [name, pid]))
}

test('the worker, the gateway and Redis are each started again after a kill -9, and the service works', async () => {
  const port = await freePort()
  run(['scripts/start.mjs'], { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: folder.path, LOG_LEVEL: 'warn' })
  await eventually(() => expect(output).toContain('is running'), { timeoutMs: 60_000 })
  const status = async () =>
    ((await (await fetch(`http://127.0.0.1:${port}/api/status`)).json()) as { status: string }).status
  await eventually(async () => expect(await status()).toBe('operational'), { timeoutMs: 30_000 })
  for (const name of ['The worker', 'The gateway', 'Redis']) {
    const before = await processes()
    process.kill(Number(before[name]), 'SIGKILL')
    await eventually(() => expect(output).toContain(`${name} ended (SIGKILL).`), { timeoutMs: 20_000 })
    await eventually(async () => expect((await processes())[name]).not.toBe(before[name]), { timeoutMs: 20_000 })
    await eventually(async () => expect(await status()).toBe('operational'), { timeoutMs: 30_000 })
    expect(output).toMatch(/It is started again in 1 s\./)
  }
  expect(Object.keys(await processes()).toSorted()).toEqual(['Redis', 'The gateway', 'The worker'])
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
})

test('what ends each time is given up with a sentence, after pauses that grow', async () => {
  const script = `
    import { tell } from './scripts/runtime/say.mjs'
    import { startMember } from './scripts/stack/processes.mjs'
    import { supervise } from './scripts/stack/supervise.mjs'
    const start = () => startMember({ name: 'The worker', command: process.execPath, argv: ['-e', 'process.exit(3)'], env: {} })
    await tell(() => supervise(start(), start, new AbortController().signal, { firstPauseMs: 100, longestPauseMs: 300, restartsMax: 4 }))
  `
  run(['--input-type=module', '-e', script])
  const [code] = await once(child, 'exit')
  expect(code).not.toBe(0)
  expect([...output.matchAll(/started again in ([\d.]+) s/g)].map(([, seconds]) => Number(seconds))).toEqual([
    0.1, 0.2, 0.3, 0.3,
  ])
  expect(output).toMatch(/The worker ended \(exit code 3\)\..* It was started again 4 times and ended each time/)
})
