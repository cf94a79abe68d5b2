/** What is left to a program that a hostile file has taken over: an impostor in ffmpeg's place, behind the real shim. */
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readRuntime, startListener, temporaryFolder } from '@video-scraper/testkit'
import { installFfmpegShim, LANDLOCK_FOLDER } from '../src/index.ts'
import { whenDone } from './servers.ts'

const runtime = readRuntime()
const query = `import sys; sys.path.append(${JSON.stringify(LANDLOCK_FOLDER)}); import landlock; print(landlock.abi())`
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

from(4)('it connects to nobody', async () => {
  const inside = await startListener()
  whenDone(() => inside.stop())
  const { output } = await impostor(attempts('socket.create_connection(("127.0.0.1", port), 2)'), inside.port)
  expect(output).toBe('13')
  expect(inside.connections()).toEqual([])
})
