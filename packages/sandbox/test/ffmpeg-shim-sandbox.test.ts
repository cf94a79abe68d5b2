/** What is left to a program that a hostile file has taken over: an impostor in ffmpeg's place, behind the real shim. */
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readRuntime, startListener, temporaryFolder } from '@video-scraper/testkit'
import { installFfmpegShim, SANDBOX_MODULES } from '../src/index.ts'
import { whenDone } from './when-done.ts'

const runtime = readRuntime()
const query = `import sys; sys.path.append(${JSON.stringify(SANDBOX_MODULES)}); import landlock; print(landlock.abi())`
/** Landlock's version in this kernel. Where there is none, nothing can be promised. */
const landlock = Number(execFileSync(runtime.python, ['-ISBc', query], { encoding: 'utf8', env: {} }))
const from = (version: number) => (landlock >= version ? test : test.skip)

/** Runs the impostor, a Python program that knows `outside` and `port`, and returns what it printed. */
async function impostor(lines: readonly string[], port = 0): Promise<{ output: string; outside: string }> {
  const { path: root, remove } = await temporaryFolder()
  whenDone(remove)
  const [job, outside, ffmpeg] = [join(root, 'job'), join(root, 'outside'), join(root, 'impostor')]
  await mkdir(job)
  await mkdir(outside)
  await writeFile(join(outside, 'secret'), 'secret')
  const head = [`#!${runtime.python} -IS`, `outside, port = ${JSON.stringify(outside)}, ${port}`, 'import os, socket']
  await writeFile(ffmpeg, `${[...head, ...lines].join('\n')}\n`, { mode: 0o700 })
  const shim = await installFfmpegShim({ ...runtime, ffmpeg, directory: join(root, 'shim') })
  const output = execFileSync(join(shim, 'ffmpeg'), ['-version'], { cwd: job, env: {}, encoding: 'utf8' })
  return { output: output.trim(), outside }
}

const attempts = (...expressions: string[]): string[] => [
  'for attempt in (',
  ...expressions.map((expression) => `    lambda: ${expression},`),
  '):',
  '    try: print("done", attempt())',
  '    except OSError as error: print(error.errno)',
]

from(1)('it reads and writes in the folder of its job alone', async () => {
  const { output, outside } = await impostor(
    attempts(
      'open(outside + "/secret").read()',
      'open(outside + "/planted", "w").close()',
      'os.listdir(outside)',
      'os.rename("/proc/self/comm", outside + "/moved")',
      'open("/etc/passwd").read()',
      `open("/proc/${process.pid}/environ", "rb").read()`,
      'open("own", "w").close()',
      'os.listdir(".")',
    ),
  )
  const lines = output.split('\n')
  expect([lines.slice(0, 3), lines.slice(4)]).toEqual([
    ['13', '13', '13'],
    ['13', '13', 'done None', "done ['own']"],
  ])
  expect(lines[3]).not.toContain('done')
  expect(await readdir(outside)).toEqual(['secret'])
  expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret')
})

test('it connects to nobody: it does not even get a socket', async () => {
  const inside = await startListener()
  whenDone(() => inside.stop())
  const { output } = await impostor(
    attempts(
      'socket.create_connection(("127.0.0.1", port), 2)',
      'socket.socketpair()',
      'socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)',
    ),
    inside.port,
  )
  expect(output.split('\n')).toEqual(['1', '1', '1'])
  expect(inside.connections()).toEqual([])
})

test('it starts no process, leaves no group, changes no mode, and has no privilege', async () => {
  const { output } = await impostor([
    ...attempts(
      'os.fork()',
      'os.posix_spawn("/bin/true", ["true"], {})',
      'os.setsid()',
      'os.chmod(outside, 0o777)',
      'os.kill(os.getppid(), 0)',
    ),
    'import threading; thread = threading.Thread(target=print, args=["thread"]); thread.start(); thread.join()',
    'import ctypes; sets = (ctypes.c_uint32 * 6)(); ctypes.CDLL(None).capget((ctypes.c_uint32 * 2)(0x20080522, 0), sets)',
    'print(sum(sets))',
  ])
  expect(output.split('\n')).toEqual(['1', '1', '1', '1', '1', 'thread', '0'])
})
