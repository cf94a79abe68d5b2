/** The ways out that were found by attacking the sandbox, each tried in a real job, and again without a sandbox, where it works. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Listener, startListener } from '@video-scraper/testkit'
import { createEngine, type Engine } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'
import { answersIn, startHostileSource, takenOverHome } from './taken-over.ts'

let stage: Stage
let source: Awaited<ReturnType<typeof startHostileSource>>
let inside: Listener
let unix: Server
let unixPath: string
let unixConnections = 0
let victim: ChildProcess
let home: string
let secret: string

beforeAll(async () => {
  source = await startHostileSource()
  stage = await startStage({ allow: [source.place], warm: null })
  inside = await startListener()
  const { folder } = await stage.job()
  home = takenOverHome(stage.options, folder)
  unixPath = join(folder, 'socket')
  unix = createServer((socket) => {
    unixConnections += 1
    socket.on('error', () => undefined).destroy()
  }).listen(unixPath)
  secret = join(folder, 'secret')
  writeFileSync(secret, 'somebody else’s')
  victim = spawn('sleep', ['600'], { stdio: 'ignore' })
  await once(victim, 'spawn')
}, 60_000)
afterAll(async () => {
  victim?.kill('SIGKILL')
  unix?.close()
  await stage?.stop()
  await inside?.stop()
  await source?.stop()
})

const NOW = new Date('2020-01-01T00:00:00Z')

/** Each line is one attempt; a refusal is reported as its error's number, anything else as `done`. */
const attempts = (): Record<string, string> => ({
  mptcp: `socket.socket(2, 1, 262).connect(('127.0.0.1', ${inside.port}))`,
  'fast open': `socket.socket(2, 1).sendto(b'x', 0x20000000, ('127.0.0.1', ${inside.port}))`,
  'fast open by message': `socket.socket(2, 1).sendmsg([b'x'], [], 0x20000000, ('127.0.0.1', ${inside.port}))`,
  udp: `socket.socket(2, 2).sendto(b'x', ('127.0.0.1', ${inside.port}))`,
  raw: 'socket.socket(2, 3, 1)',
  packet: 'socket.socket(17, 3)',
  listen: 'socket.socket(2, 1).listen()',
  'unix socket': `socket.socket(1, 1).connect(${JSON.stringify(unixPath)})`,
  'datagram pair': 'socket.socketpair(1, 2)',
  prlimit: `resource.prlimit(${victim.pid}, resource.RLIMIT_CORE, (0, 0))`,
  setpriority: `os.setpriority(0, ${victim.pid}, 7)`,
  sched_setaffinity: `os.sched_setaffinity(${victim.pid}, {0})`,
  signal: `os.kill(${victim.pid}, 0)`,
  setsid: 'setsid_in_child()',
  chown: `os.chown(${JSON.stringify(secret)}, os.getuid(), os.getgid())`,
  chmod: `os.chmod(${JSON.stringify(secret)}, 0o777)`,
  utime: `os.utime(${JSON.stringify(secret)})`,
  setxattr: `os.setxattr(${JSON.stringify(secret)}, 'user.mark', b'x')`,
  connections: `open('/proc/self/net/tcp').read(1)`,
  mounts: `open('/proc/self/mountinfo').read(1)`,
  'private keys': `os.listdir('/etc/ssl/private')`,
})

const program = (): string[] => [
  'import os, resource, socket',
  'def setsid_in_child():',
  '    child = os.fork()',
  '    if child == 0:',
  '        try: os.setsid()',
  '        except OSError as error: os._exit(error.errno)',
  '        os._exit(0)',
  '    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])',
  "    if code: raise OSError(code, '')",
  'def attempt(name, work):',
  "    try: work(); answers[name] = 'done'",
  '    except OSError as error: answers[name] = error.errno',
  ...Object.entries(attempts()).map(([name, code]) => `attempt(${JSON.stringify(name)}, lambda: ${code})`),
  "answers['status'] = open('/proc/self/status').read()",
]

/** Runs the program in an info job, and returns what its attempts came to. */
async function attack(warm: boolean, sandboxed: boolean): Promise<Record<string, unknown>> {
  const { sandbox, ...bare } = stage.options
  const engine = createEngine({ ...bare, home, ...(sandboxed && sandbox && { sandbox }), ...(warm && { warm: WARM }) })
  try {
    return await attackWith(engine, warm)
  } finally {
    await engine.close()
  }
}

async function attackWith(engine: Engine, warm: boolean): Promise<Record<string, unknown>> {
  if (warm) expect(await engine.warmUp()).toBe(true)
  source.send(program())
  chmodSync(secret, 0o600)
  utimesSync(secret, NOW, NOW)
  const job = await stage.job()
  await expect(engine.extractInfo({ url: source.url }, job)).resolves.toMatchObject({ title: 'A described video' })
  return answersIn(job.folder)
}

const EPERM = 1
const EACCES = 13

for (const warm of [false, true]) {
  test(`${warm ? 'warm' : 'cold'}: a job that was taken over gets none of what it got by attacking`, async () => {
    const before = { tcp: inside.connections().length, unix: unixConnections }
    const { status, ...answers } = await attack(warm, true)
    const expected = Object.fromEntries(Object.keys(attempts()).map((name) => [name, EPERM]))
    expect(answers).toEqual({ ...expected, connections: EACCES, mounts: EACCES, 'private keys': EACCES })
    expect({ tcp: inside.connections().length, unix: unixConnections }).toEqual(before)
    expect(statSync(secret)).toMatchObject({ mode: 0o100600, mtimeMs: NOW.getTime() })
    expect(readFileSync(`/proc/${victim.pid}/limits`, 'utf8')).not.toMatch(/Max core file size +0 +0 /)
    expect(status).toMatch(/^CapPrm:\t0+\nCapEff:\t0+\nCapBnd:\t0+\nCapAmb:\t0+$/m)
    expect(status).toMatch(/^Seccomp:\t2$/m)
  }, 60_000)
}

test('without a sandbox the same job gets all of it, so the attempts are real', async () => {
  const { status: _, ...answers } = await attack(false, false)
  // Only the superuser makes raw and packet sockets, and looks into the private keys.
  const { raw: _raw, packet: _packet, 'private keys': _keys, ...forAll } = answers
  expect(new Set(Object.values(process.getuid?.() === 0 ? answers : forAll))).toEqual(new Set(['done']))
  expect(inside.connections().length).toBeGreaterThan(0)
}, 60_000)

test('what an honest job starts still runs: deno as yt-dlp calls it, ffmpeg and ffprobe', async () => {
  const engine = stage.engineWith({ home })
  source.send([
    'import subprocess',
    "flags = ['--ext=js', '--no-code-cache', '--no-prompt', '--no-remote', '--no-lock', '--node-modules-dir=none', '--no-config']",
    'def run(name, words, text=""):',
    '    done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=40)',
    '    answers[name] = [done.returncode, done.stdout[:40].strip(), done.stderr[:400]]',
    `run('deno', [${JSON.stringify(join(stage.options.home, 'bin', 'deno'))}, 'run', *flags, '-'], 'console.log([1, 2].map((n) => n * 21).join())')`,
    "run('ffmpeg', ['ffmpeg', '-version'])",
    "run('ffprobe', ['ffprobe', '-version'])",
  ])
  const job = await stage.job()
  await expect(engine.extractInfo({ url: source.url }, job)).resolves.toMatchObject({ title: 'A described video' })
  expect(answersIn(job.folder)).toEqual({
    deno: [0, '21,42', ''],
    ffmpeg: [0, expect.stringMatching(/^ffmpeg version/), ''],
    ffprobe: [0, expect.stringMatching(/^ffprobe version/), ''],
  })
}, 90_000)
