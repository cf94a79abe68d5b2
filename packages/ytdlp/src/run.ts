/** The only file that starts yt-dlp, in a process group of its own, and the only one that imports youtube-dl-exec. */
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { stopReasonOf } from '@video-scraper/core'
import { create } from 'youtube-dl-exec'
import { lineCutter } from './lines.ts'
import { endGroup, signalGroup, stopInSteps } from './process-group.ts'

const RUNNER = fileURLToPath(new URL('../python/runner.py', import.meta.url))
const LINE_LENGTH_MAX = 8 * 2 ** 20
const DIAGNOSTICS_LENGTH_MAX = 32_768

export interface Run {
  readonly python: string
  /** What `python/runner.py` reads; the worker's pid is added here. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly argv: readonly string[]
  readonly url: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Stops the whole group, as its reason demands. */
  readonly signal: AbortSignal
  /** Called with each line of events. When it throws, the run is stopped and rejects with what was thrown. */
  readonly onLine: (line: string) => void
}

export interface RunEnd {
  readonly exitCode: number | null
  readonly signalCode: string | null
  /** The beginning of standard error. For the log only: it may hold anything. */
  readonly diagnostics: string
}

/** Runs once. Settles only when every process of the group is gone, however it ended. */
export async function runYtdlp(run: Run): Promise<RunEnd> {
  run.signal.throwIfAborted()
  const child = start(run)
  const leader = child.pid
  if (leader === undefined) throw new Error('yt-dlp could not be started.', { cause: await rejectionOf(child) })

  let callOff: (() => void) | undefined
  const stop = (): void => {
    callOff ??= stopInSteps(leader, stopReasonOf(run.signal))
  }
  run.signal.addEventListener('abort', stop)
  const broken = readEvents(child.stdio[3] as Socket, run.onLine, () => signalGroup(leader, 'SIGKILL'))
  const diagnostics = collectDiagnostics(child.stdio[2] as Socket)

  const [exitCode, signalCode] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('exit', (code, signal) => resolve([code, signal]))
  })
  run.signal.removeEventListener('abort', stop)
  callOff?.()
  await endGroup(leader)
  const fault = await broken
  if (fault !== null) throw fault.error
  return { exitCode, signalCode, diagnostics: diagnostics() }
}

/**
 * Everything goes through `_`, which the library passes on as it is, in order, before `--` and the address: its other
 * keys would rewrite `I` to `--i`. It drops empty arguments, so that the next would take an empty one's place.
 */
function start({ python, settings, argv, url, cwd, env }: Run): ReturnType<ReturnType<typeof create>['exec']> {
  const program = ['-I', '-S', '-B', RUNNER, JSON.stringify({ ...settings, parentPid: process.pid }), ...argv]
  if ([...program, url].some((argument) => argument === '')) throw new TypeError('An argument of yt-dlp is empty.')
  const child = create(python).exec(url, { _: program } as object, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  // It rejects on every exit code but 0, with the whole command line in its message. The code is read from the event.
  child.catch(() => undefined)
  return child
}

const rejectionOf = (child: Promise<unknown>): Promise<unknown> =>
  child.then(
    () => null,
    (error: unknown) => error,
  )

/** Resolves when the events have ended, with what `onLine` threw, or null. */
function readEvents(
  stream: Socket,
  onLine: (line: string) => void,
  onFault: () => void,
): Promise<{ error: unknown } | null> {
  return new Promise((resolve) => {
    let fault: { error: unknown } | null = null
    const cut = lineCutter(LINE_LENGTH_MAX, onLine)
    stream.on('data', (chunk: Buffer) => {
      if (fault !== null) return
      try {
        cut(chunk)
      } catch (error) {
        fault = { error }
        onFault()
      }
    })
    stream.on('error', () => undefined)
    stream.once('close', () => resolve(fault))
  })
}

/** The library keeps all of it in memory as well, so past the bound the stream is closed. */
function collectDiagnostics(stream: Socket): () => string {
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    if (text.length > DIAGNOSTICS_LENGTH_MAX) stream.destroy()
  })
  stream.on('error', () => undefined)
  return () => Buffer.from(text.slice(0, DIAGNOSTICS_LENGTH_MAX), 'latin1').toString('utf8')
}
