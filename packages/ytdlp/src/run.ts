/** Supervises one run of yt-dlp from its start to the end of its last process, warm where that can be had. */
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { stopReasonOf } from '@video-scraper/core'
import { endGroup, signalGroup, stopInSteps } from '@video-scraper/sandbox'
import { startColdProcess } from './cold-process.ts'
import { MalformedEvent } from './event-fields.ts'
import { LINE_BYTES_MAX } from './events.ts'
import type { JobProcess, ProcessEnd, ProcessOrder } from './job-process.ts'
import { lineCutter } from './lines.ts'

/** What a run may say: so much at once, and so much more with each second. An honest download says some kilobytes a second. */
const EVENTS_BYTES_AT_ONCE = 4 * 2 ** 20
const EVENTS_BYTES_PER_SECOND = 64 * 1024
const DIAGNOSTICS_LENGTH_MAX = 32_768
/** How long the streams of a group that is gone may stay open, in milliseconds. */
const LET_GO_MS = 1_000

export interface Run extends ProcessOrder {
  /** Stops the whole group, as its reason demands. */
  readonly signal: AbortSignal
  /** Called with each line of events. When it throws, the run is stopped and rejects with what was thrown. */
  readonly onLine: (line: string) => void
  /** Called with the group's leader as soon as it is known; what it returns, when all of the group is gone. */
  readonly onStart?: (leader: number) => () => void
  /** Starts from what is ready; resolves with null where nothing is. */
  readonly startWarm?: (order: ProcessOrder, signal: AbortSignal) => Promise<JobProcess | null>
}

export interface RunEnd extends ProcessEnd {
  /** The beginning of standard error. For the log only: it may hold anything. */
  readonly diagnostics: string
}

/** Runs once. Settles only when every process of the group is gone, however it ended. */
export async function runYtdlp(run: Run): Promise<RunEnd> {
  run.signal.throwIfAborted()
  const warm = (await run.startWarm?.(run, run.signal)) ?? null
  if (warm !== null) {
    const end = await supervise(warm, run)
    // A child that ended before its first word has touched nothing, so the job begins anew, cold.
    if (end.begun || run.signal.aborted) return end
  }
  run.signal.throwIfAborted()
  return supervise(await startColdProcess(run), run)
}

async function supervise(jobProcess: JobProcess, run: Run): Promise<RunEnd & { begun: boolean }> {
  const { leader } = jobProcess
  const onEnd = run.onStart?.(leader)
  let callOff: (() => void) | undefined
  const stop = (): void => {
    callOff ??= stopInSteps(leader, stopReasonOf(run.signal))
  }
  run.signal.addEventListener('abort', stop)
  if (run.signal.aborted) stop()
  let begun = false
  let reportedCode: number | null = null
  const onLine = (line: string): void => {
    begun = true
    if (END.test(line)) reportedCode = Number(END.exec(line)?.[1])
    run.onLine(line)
  }
  const broken = readEvents(jobProcess.events, onLine, () => signalGroup(leader, 'SIGKILL'))
  const diagnostics = collectDiagnostics(jobProcess.diagnostics)

  const { exitCode, signalCode } = await jobProcess.ended
  run.signal.removeEventListener('abort', stop)
  callOff?.()
  await endGroup(leader)
  onEnd?.()
  await letGo(jobProcess)
  const fault = await broken
  if (fault !== null) throw fault.error
  return { exitCode: exitCode ?? reportedCode, signalCode, diagnostics: diagnostics(), begun }
}

/**
 * Waits for the ends of the streams, which come with the last process of the group, and closes what is still open after a
 * second: something that left the group may hold its other end for ever. The event loop reads between the two waits, so that
 * nothing that was said in time is lost.
 */
async function letGo({ control, events, diagnostics }: JobProcess): Promise<void> {
  control.destroy()
  const enough = new AbortController()
  const pause = (): Promise<void> => sleep(LET_GO_MS / 2, undefined, { signal: enough.signal })
  await Promise.race([
    Promise.all([events, diagnostics].map(closing)),
    pause()
      .then(pause)
      .catch(() => undefined),
  ])
  enough.abort()
  events.destroy()
  diagnostics.destroy()
}

const closing = (stream: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (stream.closed) resolve()
    else stream.once('close', () => resolve())
  })

/** The runner's last word. For a forked process it stands for the exit code, which only its parent could know. */
const END = /^\{"event": "end", "code": (\d{1,3})\}$/

/** Resolves when the events have ended, with what `onLine` threw, or null. */
function readEvents(
  stream: Socket,
  onLine: (line: string) => void,
  onFault: () => void,
): Promise<{ error: unknown } | null> {
  return new Promise((resolve) => {
    let fault: { error: unknown } | null = null
    const cut = lineCutter(LINE_BYTES_MAX, onLine)
    const startedAt = performance.now()
    let received = 0
    stream.on('data', (chunk: Buffer) => {
      if (fault !== null) return
      try {
        received += chunk.length
        const seconds = (performance.now() - startedAt) / 1000
        if (received > EVENTS_BYTES_AT_ONCE + seconds * EVENTS_BYTES_PER_SECOND) {
          throw new MalformedEvent('The runner says more than anybody can hear.')
        }
        cut(chunk)
      } catch (error) {
        fault = { error }
        onFault()
      }
    })
    stream.on('error', () => undefined)
    stream.resume()
    void closing(stream).then(() => resolve(fault))
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
  stream.resume()
  return () => Buffer.from(text.slice(0, DIAGNOSTICS_LENGTH_MAX), 'latin1').toString('utf8')
}
