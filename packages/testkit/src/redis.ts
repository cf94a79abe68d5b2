/** A disposable real Redis server for tests: empty, private, and gone with the test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from './eventually.ts'
import { freePort } from './listening.ts'
import { watchOver } from './reaper.ts'
import { answersPing } from './redis-ping.ts'
import { readRuntime } from './runtime.ts'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'

const READY_TIMEOUT_MS = 30_000
const PORT_ATTEMPTS = 5
const OUTPUT_KEPT = 2000

interface RedisOptions {
  /** Keeps what was written over `restart` and `kill9`. Default false: a restarted server is empty. */
  readonly appendOnly?: boolean
  /** Where it keeps what it writes, which outlives it. Default: a folder of its own, gone with it. */
  readonly directory?: string
  /** The server's executable. Default: `TEST_REDIS_SERVER` of the environment, else the one of the runtime manifest. */
  readonly redisServer?: string
}

export interface DisposableRedis {
  /** `redis://127.0.0.1:PORT`: what `new Redis(url)` of ioredis takes. It stays the same over a restart. */
  readonly url: string
  readonly port: number
  /** The server's process. It changes with a restart. */
  readonly pid: number
  /** Ends the server and removes its folder; twice is fine. */
  stop(): Promise<void>
  /** Kills it as a crash would, and resolves when it is gone. `restart` brings it back. */
  kill9(): Promise<void>
  /** Ends it if it runs (SIGTERM), starts it again on the same port and folder, and waits until it answers. */
  restart(): Promise<void>
  /** Stops it without closing anything (SIGSTOP): connections stay open, and nothing is answered. */
  freeze(): void
  thaw(): void
}

/** Starts a server on a free port of loopback, in a folder of mode 0700, without snapshots, and with `noeviction`. */
export async function startRedis({
  appendOnly = false,
  directory,
  redisServer,
}: RedisOptions = {}): Promise<DisposableRedis> {
  const executable = redisServer ?? process.env.TEST_REDIS_SERVER ?? readRuntime().redisServer
  const folder = await temporaryFolder()
  const start = (port: number): Promise<Running> =>
    startServer({ executable, folder, directory: directory ?? folder.path, port, appendOnly })
  try {
    const { running, port } = await startOnFreePort(start)
    return disposable({ running, port, folder, start })
  } catch (error) {
    await folder.remove()
    throw error
  }
}

interface Running {
  readonly child: ChildProcess
  readonly pid: number
}

type Start = (port: number) => Promise<Running>

/** Somebody may take the port between our look and the server's: then another one is tried. */
async function startOnFreePort(start: Start, attempt = 1): Promise<{ running: Running; port: number }> {
  const port = await freePort()
  try {
    return { running: await start(port), port }
  } catch (error) {
    const taken = error instanceof Error && error.message.includes('Address already in use')
    if (!taken || attempt === PORT_ATTEMPTS) throw error
    return startOnFreePort(start, attempt + 1)
  }
}

interface DisposableParts {
  readonly running: Running
  readonly port: number
  readonly folder: TemporaryFolder
  readonly start: Start
}

function disposable({ running: first, port, folder, start }: DisposableParts): DisposableRedis {
  let running = first
  const signal = (name: NodeJS.Signals): boolean => running.child.kill(name)
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return running.pid
    },
    async stop() {
      await end(running, 'SIGKILL')
      await folder.remove()
    },
    kill9: () => end(running, 'SIGKILL'),
    async restart() {
      await end(running, 'SIGTERM')
      running = await start(port)
    },
    freeze: () => void signal('SIGSTOP'),
    thaw: () => void signal('SIGCONT'),
  }
}

interface ServerOptions {
  readonly executable: string
  readonly folder: TemporaryFolder
  readonly directory: string
  readonly port: number
  readonly appendOnly: boolean
}

/** Resolves when the server answers; what it said is in the error when it does not. */
async function startServer({ executable, folder, directory, port, appendOnly }: ServerOptions): Promise<Running> {
  const options = {
    '--port': String(port),
    '--bind': '127.0.0.1',
    '--dir': directory,
    '--save': '',
    '--appendonly': appendOnly ? 'yes' : 'no',
    '--maxmemory-policy': 'noeviction',
  }
  // Its own session, so that Ctrl-C reaches the tests first and they see Redis as they left it.
  const child = spawn(executable, Object.entries(options).flat(), { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const output = lastOutputOf(child)
  let ended: Error | undefined
  child.once('exit', () => {
    ended = new Error(`Redis ended before it was ready.\n${output()}`)
  })
  const { pid } = child
  if (pid === undefined) throw await errorOf(child)
  const running = { child, pid }
  // Watched until it is gone and no longer: after that its number may soon be somebody else's.
  child.once('exit', watchOver({ pid, folder: folder.path }))
  try {
    await eventually(() => ended !== undefined || answersPing({ port, pid }), {
      timeoutMs: READY_TIMEOUT_MS,
      everyMs: 10,
    })
    if (ended) throw ended
    return running
  } catch (error) {
    await end(running, 'SIGKILL')
    throw error
  }
}

async function errorOf(child: ChildProcess): Promise<unknown> {
  const [error] = await once(child, 'error')
  return error
}

async function end({ child }: Running, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  // A frozen process acts on nothing but SIGKILL until it goes on.
  child.kill('SIGCONT')
  await exited
}

function lastOutputOf(child: ChildProcess): () => string {
  let text = ''
  const keep = (bytes: Buffer): void => {
    text = (text + bytes.toString()).slice(-OUTPUT_KEPT)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return () => text
}
