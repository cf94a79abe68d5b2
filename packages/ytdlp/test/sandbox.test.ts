import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SANDBOX_MODULES } from '@video-scraper/sandbox'
import { type Listener, readRuntime, startListener } from '@video-scraper/testkit'
import { environmentOf } from '../src/environment.ts'
import { type Stage, startStage, WARM } from './stage.ts'

let stage: Stage
let inside: Listener

/** Runs Python with the module and returns what it printed, as JSON. */
const python = (lines: readonly string[]): unknown =>
  JSON.parse(
    execFileSync(
      readRuntime().python,
      ['-ISBc', ['import json, sys', `sys.path.append(${JSON.stringify(SANDBOX_MODULES)})`, ...lines].join('\n')],
      { encoding: 'utf8', env: {} },
    ),
  )

/** Landlock's version in this kernel. Where there is none, nothing can be promised. */
const landlock = python(['import landlock', 'print(landlock.abi())']) as number
const from = (version: number) => (landlock >= version ? test : test.skip)

beforeAll(async () => {
  stage = await startStage()
  inside = await startListener()
}, 60_000)
afterAll(async () => {
  await stage?.stop()
  await inside?.stop()
})

/**
 * What a page that has taken yt-dlp over would try, run inside a real job: yt-dlp imports this where it is there, and is
 * called back when the job connects to its proxy. `requests` come from `requests.json`, answers go to `answers.json`.
 */
const INTRUDER = `
import json, os, resource, signal, socket, subprocess, sys

def attempt(wanted):
    kind, target = wanted
    try:
        if kind == 'read':
            return open(target, 'rb').read(200000).decode('latin1')
        if kind == 'list':
            return sorted(os.listdir(target))
        if kind == 'write':
            open(target, 'w').close()
        if kind == 'link':
            os.symlink(target, 'a-link')
        if kind == 'connect':
            socket.create_connection(tuple(target), 2).close()
        if kind == 'listen':
            socket.socket().bind(('127.0.0.1', 0))
        if kind == 'signal':
            os.kill(target, 0)
        if kind == 'start':
            return subprocess.run(['/bin/sh', '-c', target], capture_output=True, text=True, timeout=10).stdout
        if kind == 'limits':
            return [resource.getrlimit(each) for each in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NOFILE)]
        if kind == 'environment':
            return dict(os.environ)
        return 'done'
    except OSError as error:
        return {'errno': error.errno}

def hook(event, arguments):
    if event != 'socket.connect' or not isinstance(arguments[1], tuple) or os.path.exists('answers.json'):
        return
    if os.path.exists('requests.json'):
        requests = json.load(open('requests.json'))
        open('answers.json', 'w').close()
        answers = [attempt(wanted) for wanted in requests]
        json.dump(answers, open('answers.json', 'w'))

sys.addaudithook(hook)
`

type JobRequest = readonly [kind: string, target: unknown]

/** Does an ordinary job that holds the intruder, and returns what its requests came to. */
async function intrude(warm: boolean, requests: (folder: string) => readonly JobRequest[]): Promise<unknown[]> {
  const { folder: root } = await stage.job()
  const home = join(root, 'home')
  // A job may have a user of its own, who must get there.
  chmodSync(root, 0o711)
  mkdirSync(home)
  for (const name of readdirSync(stage.options.home)) symlinkSync(join(stage.options.home, name), join(home, name))
  writeFileSync(join(home, 'secretstorage.py'), INTRUDER)
  const engine = stage.engineWith({ home, maxFileBytes: 1_000_000, ...(warm ? { warm: WARM } : {}) })
  if (warm) expect(await engine.warmUp()).toBe(true)
  const job = await stage.job()
  writeFileSync(join(job.folder, 'requests.json'), JSON.stringify(requests(job.folder)))
  await expect(engine.extractInfo({ url: stage.site.url('/jsonld') }, job)).resolves.toMatchObject({
    title: 'A described video',
  })
  if (warm) expect(engine.warmth()).toMatchObject({ warm: 1, cold: 0 })
  return JSON.parse(readFileSync(join(job.folder, 'answers.json'), 'utf8'))
}

const EACCES = { errno: 13 }
const EPERM = { errno: 1 }

for (const warm of [false, true]) {
  const how = warm ? 'warm' : 'cold'

  from(1)(
    `${how}: with Landlock a job reaches no file but its own, and no process, and neither does what it starts`,
    async () => {
      const other = await stage.job()
      const secret = join(other.folder, 'secret.mp4')
      writeFileSync(secret, 'somebody else’s')
      const answers = await intrude(warm, (own) => [
        ['read', secret],
        ['list', other.folder],
        ['write', join(other.folder, 'planted')],
        ['read', `/proc/${process.pid}/environ`],
        ['read', `/proc/${process.pid}/cmdline`],
        ['list', '/proc'],
        ['read', '/etc/passwd'],
        ['list', '/'],
        ['write', '/dev/shm/planted'],
        ['start', `cat ${secret} /etc/passwd /proc/${process.pid}/environ`],
        ['link', secret],
        ['read', '/proc/self/status'],
        ['read', join(own, 'requests.json').replace(own, `${own}/tmp/..`)],
      ])
      const [last, status, ...refused] = [...answers].reverse()
      expect(String(status)).toContain('NoNewPrivs:\t1')
      expect(String(last)).toContain('secret.mp4')
      expect(refused.reverse()).toEqual([...Array(9).fill(EACCES), '', EACCES])
      expect(readdirSync(other.folder)).toEqual(['secret.mp4'])
    },
    60_000,
  )

  from(4)(
    `${how}: with Landlock a job connects to nothing but its proxy’s port, and signals nobody`,
    async () => {
      const [connected, listened, signalled] = await intrude(warm, () => [
        ['connect', ['127.0.0.1', inside.port]],
        ['listen', null],
        ['signal', process.pid],
      ])
      expect([connected, listened]).toEqual([EACCES, EPERM])
      if (landlock >= 6) expect(signalled).toEqual(EPERM)
      expect(inside.connections()).toEqual([])
    },
    60_000,
  )

  test(`${how}: a job has an environment of its own, a private home, and limits`, async () => {
    process.env.A_SECRET_OF_THE_WORKER = 'no'
    try {
      let folder = ''
      const [environment, limits] = await intrude(warm, (own) => {
        folder = own
        return [
          ['environment', null],
          ['limits', null],
        ]
      })
      const { LC_CTYPE: _, ...given } = environment as Record<string, string>
      // Python itself adds the one left out, where it starts in the C locale.
      expect(given).toEqual(environmentOf(folder, stage.options.ffmpegLocation, { cpuSeconds: 0, memoryBytes: 0 }))
      // Of an info job: 32 MiB, and what yt-dlp writes beside a file.
      const fileBytes = 2 ** 25 + Math.floor(2 ** 25 / 50) + 2 ** 20
      expect(limits).toEqual([
        [fileBytes, fileBytes],
        [0, 0],
        [256, 256],
      ])
    } finally {
      delete process.env.A_SECRET_OF_THE_WORKER
    }
  }, 60_000)
}

test('where yt-dlp does not start in its sandbox, the worker is notified, and jobs run without one', async () => {
  const { folder } = await stage.job()
  writeFileSync(join(folder, 'landlock.py'), 'raise OSError(95, "not here")\n')
  const warnings: string[] = []
  const logger = { debug: () => undefined, warn: (_fields: object, message: string) => void warnings.push(message) }
  const engine = stage.engineWith({
    sandbox: { landlock: folder, filter: null, required: false, programs: [] },
    logger,
  })
  expect(await engine.describe()).toMatchObject({ sandbox: { landlock: 0 } })
  expect(warnings).toEqual(['yt-dlp does not start in its sandbox, so jobs run without one'])
  await expect(engine.extractInfo({ url: stage.site.url('/jsonld') }, await stage.job())).resolves.toMatchObject({
    title: 'A described video',
  })
}, 60_000)

test.each([
  ['ENOSYS', 38],
  ['EOPNOTSUPP', 95],
  ['EPERM', 1],
])('a kernel that answers %s has no Landlock, and nothing is given up', (_name, errno) => {
  const answer = python([
    'import landlock',
    `def refuse(*_): raise OSError(${errno}, '')`,
    'landlock._system_call = refuse',
    "print(json.dumps([landlock.restrict(), len(open('/etc/passwd').read()) > 0]))",
  ])
  expect(answer).toEqual([0, true])
})

test.each([
  [1, 13, 8, []],
  [2, 14, 8, []],
  [3, 15, 8, []],
  [4, 15, 16, [9]],
  [5, 16, 16, [9]],
  [6, 16, 24, [9]],
  [9, 16, 24, [9]],
])('version %i of the interface is asked for no more than it knows', (version, rights, size, ports) => {
  const answer = python([
    'import ctypes, landlock, os',
    'calls = []',
    'def call(number, *arguments):',
    `    if number == landlock.CREATE_RULESET and arguments[0] is None: return ${version}`,
    '    if number == landlock.CREATE_RULESET:',
    '        calls.append([arguments[0]._obj.handled_access_fs, arguments[1].value])',
    "        return os.open('/dev/null', os.O_RDONLY)",
    '    if number == landlock.ADD_RULE:',
    '        rule = arguments[2]._obj',
    '        calls.append(rule.port if arguments[1].value == 2 else rule.allowed_access)',
    '    return 0',
    'landlock._system_call = call',
    'landlock.restrict(ports=[9])',
    '(handled, size), *rules = calls',
    'sizes = [ctypes.sizeof(each) for each in (landlock.PathBeneathAttributes, landlock.NetPortAttributes)]',
    'files = [rule for rule in rules if rule != 9]',
    'print(json.dumps([handled, size, [rule for rule in rules if rule == 9], sizes, any(rule & ~handled for rule in files)]))',
  ])
  expect(answer).toEqual([2 ** rights - 1, size, ports, [12, 16], false])
})
