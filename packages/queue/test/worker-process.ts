/** Starts workers as processes of their own, which tests kill; none outlives its test. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll } from '@jest/globals'
import type { JobKind } from '@video-scraper/contracts'
import { eventually } from '@video-scraper/testkit'

const here = dirname(fileURLToPath(import.meta.url))
const packageFolder = join(here, '..')

type Act = 'quick' | 'fails' | 'random' | 'holds' | 'reports'

export interface WorkerScript {
  url: string
  kind: JobKind
  /** `mixed`: one job in sixteen fails, the others take a moment. */
  prepare: Act | 'mixed'
  publish?: Act
  concurrency?: number
  lockMs?: number
  stalledEveryMs?: number
}

export interface WorkerProcess {
  /** Lines such as `prepare <id>`. */
  said(): string[]
  says(line: string): Promise<unknown>
  kill9(): Promise<void>
  /** SIGSTOP: it keeps its connections and does nothing. */
  freeze(): void
  /** SIGCONT. */
  thaw(): void
  /** SIGTERM; resolves to the exit code. */
  terminate(): Promise<number | null>
}

/** Node 20 cannot run the sources, so the processes run what the compiler makes of them. */
export function useWorkerProcesses(): (script: WorkerScript) => Promise<WorkerProcess> {
  const started: ChildProcess[] = []
  beforeAll(() => {
    execFileSync(
      process.execPath,
      [join(packageFolder, '../../node_modules/typescript/bin/tsc'), '-b', packageFolder],
      { env: {} },
    )
  }, 60_000)
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
  })
  return async (script) => {
    const child = spawn(process.execPath, [join(here, 'fixtures/worker-process.mjs'), JSON.stringify(script)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
    })
    started.push(child)
    let text = ''
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString()
    })
    const exited = once(child, 'exit').then(([code]) => code as number | null)
    const said = () => text.trim().split('\n')
    const worker: WorkerProcess = {
      said,
      says: (line) => eventually(() => said().some((each) => each.startsWith(line)), { timeoutMs: 40_000 }),
      async kill9() {
        child.kill('SIGKILL')
        await exited
      },
      freeze: () => void child.kill('SIGSTOP'),
      thaw: () => void child.kill('SIGCONT'),
      terminate() {
        child.kill('SIGTERM')
        return exited
      },
    }
    await worker.says('ready')
    return worker
  }
}
