/** A process ends once, in order, in bounded time: shown with real processes and real signals. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, test } from '@jest/globals'

const here = dirname(fileURLToPath(import.meta.url))
const started: ChildProcess[] = []

// Node 20 cannot run the sources, so the process runs what the compiler makes of them.
beforeAll(() => {
  const packageFolder = join(here, '..')
  execFileSync(process.execPath, [join(packageFolder, '../../node_modules/typescript/bin/tsc'), '-b', packageFolder])
}, 60_000)

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

interface Started {
  kill(signal: NodeJS.Signals): void
  saying(word: string): Promise<void>
  ended: Promise<{ code: number | null; said: string[]; ms: number }>
}

function start(closing: string, withinMs = 5000, act = 'works'): Started {
  const child = spawn(process.execPath, [join(here, 'fixtures/closing-process.mjs'), closing, `${withinMs}`, act], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  })
  started.push(child)
  let text = ''
  child.stdout.on('data', (bytes: Buffer) => {
    text += bytes.toString()
  })
  let killedAt = Date.now()
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    said: text.trim().split('\n'),
    ms: Date.now() - killedAt,
  }))
  return {
    kill(signal) {
      killedAt = Date.now()
      child.kill(signal)
    },
    async saying(word) {
      while (!text.includes(word)) await once(child.stdout, 'data')
    },
    ended,
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the process with 0 once it has closed', async (signal) => {
  const child = start('clean')
  await child.saying('ready')
  child.kill(signal)
  expect(await child.ended).toMatchObject({ code: 0, said: ['ready', 'closing', 'closed'] })
})

test('a close that hangs is bounded, and the end is no success', async () => {
  const child = start('hangs', 300)
  await child.saying('ready')
  child.kill('SIGTERM')
  const { code, ms } = await child.ended
  expect(code).toBe(1)
  expect(ms).toBeGreaterThanOrEqual(290)
  expect(ms).toBeLessThan(2000)
})

test('a close that fails ends the process with 1', async () => {
  const child = start('fails')
  await child.saying('ready')
  child.kill('SIGTERM')
  expect(await child.ended).toMatchObject({ code: 1, said: ['ready', 'closing', 'error'] })
})

test('a second SIGINT ends it at once', async () => {
  const child = start('hangs', 20_000)
  await child.saying('ready')
  child.kill('SIGINT')
  await child.saying('closing')
  child.kill('SIGINT')
  const { code, ms } = await child.ended
  expect(code).toBe(1)
  expect(ms).toBeLessThan(1000)
})

test.each([
  ['SIGINT', 'SIGTERM'],
  ['SIGTERM', 'SIGTERM'],
  ['SIGTERM', 'SIGINT'],
] as const)('%s and then %s close once, in order', async (first, second) => {
  const child = start('slow')
  await child.saying('ready')
  child.kill(first)
  await child.saying('closing')
  child.kill(second)
  expect(await child.ended).toMatchObject({ code: 0, said: ['ready', 'closing', 'closed'] })
})

test.each(['throws', 'rejects'])('what nobody caught (it %s) ends it with 1, after the same clean-up', async (act) => {
  const { code, said } = await start('clean', 5000, act).ended
  expect(code).toBe(1)
  expect(said).toEqual(expect.arrayContaining(['fatal', 'closing', 'closed']))
})
