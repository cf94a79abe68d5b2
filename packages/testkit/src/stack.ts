/** A whole stack of our own processes on free ports: real gateways, real workers, a real Redis. For e2e and bench. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually } from './eventually.ts'
import { freePort } from './listening.ts'
import { type DisposableRedis, startRedis } from './redis.ts'
import { readRuntime } from './runtime.ts'
import { temporaryFolder } from './temporary-folder.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const OUTPUT_KEPT = 200_000
/** On a busy machine a process takes many times the second that it needs alone. */
const READY_WITHIN_MS = 60_000

/** One process of the stack. */
export interface StackProcess {
  readonly pid: number
  /** What it wrote so far, the newest part. */
  output(): string
  /** Sends the signal and resolves with the exit code (null: killed) when the process is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface Gateway extends StackProcess {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
}

export interface Stack {
  readonly redis: DisposableRedis
  readonly dataDir: string
  startGateway(settings?: Record<string, string>): Promise<Gateway>
  startWorker(settings?: Record<string, string>): Promise<StackProcess>
  /** Ends everything that still runs, and removes the data. */
  stop(): Promise<void>
}

interface StackOptions {
  /** Environment variables for all processes, over the defaults (`LOG_LEVEL=info`, no limits changed). */
  readonly settings?: Record<string, string>
  /** Whether Redis survives a restart with its data. Default true. */
  readonly appendOnly?: boolean
  /** Where Redis writes. Default: a folder of its own. */
  readonly redisDirectory?: string
  /** Another tree with compiled programs. Default: this one. */
  readonly root?: string
}

/** Needs the compiled `dist` folders: `npm run setup` makes them. Starts Redis only; processes are started one by one. */
export async function startStack({
  settings = {},
  appendOnly = true,
  redisDirectory,
  root = ROOT,
}: StackOptions = {}): Promise<Stack> {
  const runtime = readRuntime()
  const redis = await startRedis({ appendOnly, ...(redisDirectory && { directory: redisDirectory }) })
  const folder = await temporaryFolder()
  const running = new Set<ChildProcess>()
  const base = {
    PATH: process.env.PATH ?? '',
    REDIS_URL: redis.url,
    DATA_DIR: folder.path,
    HOST: '127.0.0.1',
    PYTHON: runtime.python,
    YTDLP_HOME: runtime.ytdlp,
    FFMPEG: runtime.ffmpeg,
    FFPROBE: runtime.ffprobe,
    ...settings,
  }

  return {
    redis,
    dataDir: folder.path,
    async startGateway(more = {}) {
      const port = await freePort()
      const env = { ...base, PORT: String(port), ...more }
      const gateway = launch(join(root, 'apps/api/dist/main.js'), env, running)
      const origin = `http://127.0.0.1:${port}`
      await ready(gateway, async () => (await fetch(`${origin}/health/live`)).ok)
      return { ...gateway, origin }
    },
    async startWorker(more = {}) {
      const worker = launch(join(root, 'apps/worker/dist/main.js'), { ...base, ...more }, running)
      await ready(worker, async () => worker.output().split('"taking jobs"').length > 2)
      return worker
    },
    async stop() {
      await Promise.all([...running].map((child) => endOf(child, 'SIGKILL')))
      await redis.stop()
      await folder.remove()
    },
  }
}

function launch(program: string, env: Record<string, string>, running: Set<ChildProcess>): StackProcess {
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let kept = ''
  const keep = (chunk: Buffer) => {
    kept = (kept + chunk.toString()).slice(-OUTPUT_KEPT)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return { pid: child.pid ?? 0, output: () => kept, end: (signal) => endOf(child, signal) }
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

/** A process that dies instead says why in its output. */
async function ready(started: StackProcess, isReady: () => Promise<boolean>): Promise<void> {
  await eventually(
    async () => {
      if (!(await isReady())) throw new Error(`Not ready yet. Its output: ${started.output().slice(-2000)}`)
    },
    { timeoutMs: READY_WITHIN_MS, everyMs: 50 },
  )
}
