/** A worker on a kernel that cannot keep jobs in their sandbox. The kernel is this one, with a call taken away by a filter. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type DisposableRedis, eventually, readRuntime, startRedis, temporaryFolder } from '@video-scraper/testkit'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LANDLOCK_CREATE_RULESET = 444

let redis: DisposableRedis
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  redis = await startRedis()
  folder = await temporaryFolder()
}, 30_000)
afterAll(async () => {
  await redis?.stop()
  await folder?.remove()
})

/** Starts the compiled worker where one system call answers ENOSYS. */
function startWithout(call: number, settings: Record<string, string>) {
  const runtime = readRuntime()
  const program = [
    'import os, struct, sys',
    `sys.path.append(${JSON.stringify(`${ROOT}packages/sandbox/python`)})`,
    'from seccomp import filter_calls',
    `steps = [(0x20, 0, 0, 0), (0x15, 0, 1, ${call}), (6, 0, 0, 0x50026), (6, 0, 0, 0x7fff0000)]`,
    "filter_calls(b''.join(struct.pack('HBBI', *step) for step in steps))",
    'os.execv(sys.argv[1], sys.argv[1:])',
  ].join('\n')
  const env = {
    PATH: process.env.PATH ?? '',
    REDIS_URL: redis.url,
    DATA_DIR: folder.path,
    PYTHON: runtime.python,
    YTDLP_HOME: runtime.ytdlp,
    FFMPEG: runtime.ffmpeg,
    FFPROBE: runtime.ffprobe,
    ...settings,
  }
  const words = ['-ISBc', program, process.execPath, `${ROOT}apps/worker/dist/main.js`]
  const worker = spawn(runtime.python, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk
    })
  }
  return { worker, output: () => output }
}

test.each([
  ['not set', {}],
  ['required', { SANDBOX: 'required' }],
])(
  'SANDBOX %s: without Landlock it does not start, and says what to do',
  async (_name, settings) => {
    const { worker, output } = startWithout(LANDLOCK_CREATE_RULESET, settings as Record<string, string>)
    const [code] = await once(worker, 'exit')
    expect(code).toBe(1)
    expect(output()).toContain('Jobs cannot be kept in their sandbox here')
    expect(output()).toContain('landlock: this kernel has none')
    expect(output()).toContain('SANDBOX=best-effort')
    expect(output()).not.toContain('taking jobs')
  },
  60_000,
)

test('SANDBOX=best-effort: it starts, with what there is, and names the gaps', async () => {
  const { worker, output } = startWithout(LANDLOCK_CREATE_RULESET, { SANDBOX: 'best-effort' })
  try {
    await eventually(() => output().includes('"taking jobs"'), { timeoutMs: 40_000 })
  } finally {
    worker.kill('SIGTERM')
  }
  await once(worker, 'exit')
  expect(output()).toContain('"landlock":0,"systemCalls":true,"capabilities":true')
  expect(output()).toContain('There is no Landlock: a job can read and write all that the worker can.')
}, 90_000)

test('another word is no setting', async () => {
  const { worker, output } = startWithout(LANDLOCK_CREATE_RULESET, { SANDBOX: 'off' })
  expect((await once(worker, 'exit'))[0]).toBe(1)
  expect(output()).toContain('SANDBOX')
}, 30_000)
