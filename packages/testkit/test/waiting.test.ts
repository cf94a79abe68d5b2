/** Waiting, looking at processes, listening, and the manifest. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import {
  descendantsOf,
  eventually,
  isAlive,
  processesMentioning,
  readRuntime,
  startListener,
  temporaryFolder,
} from '../src/index.ts'

test('eventually returns the answer of the first check that holds', async () => {
  let calls = 0
  expect(await eventually(() => (++calls < 3 ? false : 'yes'), { everyMs: 1 })).toBe('yes')
  let tries = 0
  await eventually(() => expect(++tries).toBe(3), { everyMs: 1 })
  expect(await eventually(() => null)).toBeNull()
})

test('eventually gives up at its deadline with what the check said last', async () => {
  let calls = 0
  const failing = eventually(
    () => {
      throw new Error(`call ${++calls}`)
    },
    { timeoutMs: 50, everyMs: 5 },
  )
  await expect(failing).rejects.toThrow(/^call \d+$/)
  expect(calls).toBeGreaterThan(1)
  await expect(eventually(() => false, { timeoutMs: 20 })).rejects.toThrow('Still false after 20 ms.')
})

test('eventually gives up on a check that hangs', async () => {
  await expect(eventually(() => new Promise(() => undefined), { timeoutMs: 50 })).rejects.toThrow('still running')
})

test('grandchildren are found, a killed process is not alive, and a command line can be looked for', async () => {
  const mark = `mark-${process.pid}-${Date.now()}`
  const child = spawn('/bin/sh', ['-c', `sleep 60 & echo "$!"; : ${mark}; wait`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = child.pid ?? 0
  const grandchild = Number(String((await once(child.stdout, 'data'))[0]))
  try {
    // For a moment after the fork it still bears the shell's command line.
    await eventually(() =>
      expect(descendantsOf(pid)).toMatchObject([{ pid: grandchild, parentPid: pid, commandLine: 'sleep 60' }]),
    )
    expect(descendantsOf(process.pid).map((entry) => entry.pid)).toEqual(expect.arrayContaining([pid, grandchild]))
    expect(processesMentioning(mark).map((entry) => entry.pid)).toEqual([pid])
    expect(isAlive(grandchild)).toBe(true)
  } finally {
    process.kill(grandchild, 'SIGKILL')
    await once(child, 'exit')
  }
  expect(isAlive(pid)).toBe(false)
  expect(isAlive(grandchild)).toBe(false)
  expect(processesMentioning(mark)).toEqual([])
})

test('a zombie counts as gone', async () => {
  // The shell becomes a sleep that never reaps the child which the shell had.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0.2 & echo "$!"; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const zombie = Number(String((await once(parent.stdout, 'data'))[0]))
  try {
    await eventually(() => !isAlive(zombie))
    expect(descendantsOf(parent.pid ?? 0)).toEqual([])
    expect(() => process.kill(zombie, 0)).not.toThrow()
  } finally {
    parent.kill('SIGKILL')
    await once(parent, 'exit')
  }
})

test('a listener sees who connects and what was said', async () => {
  const listener = await startListener()
  try {
    expect(listener.connections()).toEqual([])
    connect(listener.port, listener.host, function (this: { write(text: string): void }) {
      this.write('hello')
    }).on('error', () => undefined)
    await eventually(() => expect(listener.connections()).toMatchObject([{ received: 'hello' }]))
  } finally {
    await listener.stop()
  }
})

test('without a complete manifest the one sentence says what to do', async () => {
  const folder = await temporaryFolder()
  try {
    const inside = join(folder.path, 'packages', 'testkit', 'src')
    await mkdir(inside, { recursive: true })
    expect(() => readRuntime(inside)).toThrow('Run npm run setup first.')
    await mkdir(join(folder.path, '.runtime'))
    await writeFile(join(folder.path, 'pnpm-workspace.yaml'), '')
    await writeFile(join(folder.path, '.runtime', 'runtime.json'), '{ "python": "/usr/bin/python3" }')
    expect(() => readRuntime(inside)).toThrow('Run npm run setup first.')
    const tools = { python: 'a', ytdlp: 'b', ytdlpVersion: 'c', ffmpeg: 'd', ffprobe: 'e', redisServer: 'f' }
    await writeFile(join(folder.path, '.runtime', 'runtime.json'), JSON.stringify(tools))
    expect(readRuntime(inside)).toEqual(tools)
  } finally {
    await folder.remove()
  }
})
