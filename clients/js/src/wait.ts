/** Waits for the end of a job: by its events, else by answers that are held back, else by asking again and again. */
import { AuthenticationError, DeadlineError, PermissionError, VideoScraperError } from './errors.ts'
import type { JobEvent } from './follow.ts'
import { isPassing, spread } from './retries.ts'
import { pause, withTimer } from './stopping.ts'
import type { Answer, CallOptions } from './transport.ts'

export interface WaitOptions<Job> extends Omit<CallOptions, 'timeoutMs'> {
  /** How long the whole call may take, in milliseconds; then a `DeadlineError`. Default: for ever. */
  readonly deadlineMs?: number | undefined
  /** Called with the job whenever it is seen, the end included. What it throws is thrown by the call. */
  readonly onProgress?: ((job: Job) => void) | undefined
  /** Cancels the job when the signal or the deadline ends the call. Default false: it goes on. */
  readonly cancelOnAbort?: boolean | undefined
}

export interface JobSource<Job> {
  readonly id: string
  events(options: CallOptions): AsyncIterable<JobEvent<Job>>
  /** Asks for the job, with an answer that is held back for at most `waitSeconds`. */
  get(waitSeconds: number, options: CallOptions): Promise<Answer<Job>>
  /** Rejects soon where nobody answers. */
  cancel(): Promise<unknown>
}

const HELD_SECONDS = 10
const SHORTEST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 5000
/** So long a service may be away while somebody waits for a job that it has. */
const TIMEOUT_MS = 120_000

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled'])

/** A word that is not known is no end. */
export const hasEnded = ({ status }: { readonly status: string }): boolean => ENDED.has(status)

/** Runs `work` under a signal that follows the caller's and the deadline. */
export async function underDeadline<Job, Result>(
  options: WaitOptions<Job>,
  work: (signal: AbortSignal, know: (source: Pick<JobSource<Job>, 'id' | 'cancel'>) => void) => Promise<Result>,
): Promise<Result> {
  let known: Pick<JobSource<Job>, 'id' | 'cancel'> | undefined
  const end = () => new DeadlineError(known?.id ?? null)
  const { signal, release } = withTimer(options.deadlineMs ?? Infinity, end, [options.signal])
  try {
    return await work(signal, (source) => {
      known = source
    })
  } catch (error) {
    // Whoever stops waiting wants to know why, not that the cancel failed.
    if (signal.aborted && options.cancelOnAbort && known) await known.cancel().catch(() => undefined)
    throw error
  } finally {
    release()
  }
}

/** What is done with each state that is seen, besides looking for the end. */
interface SeenBy<Job> extends Pick<WaitOptions<Job>, 'onProgress'> {
  /** Is awaited. */
  readonly onSeen?: ((job: Job) => Promise<void>) | undefined
}

/** Resolves with the job as it ended. */
export async function waitForEnd<Job extends { readonly status: string }>(
  source: JobSource<Job>,
  options: CallOptions & SeenBy<Job>,
): Promise<Job> {
  return (await byEvents(source, options)) ?? (await byAsking(source, options))
}

/** Null when the events lead nowhere. */
async function byEvents<Job extends { readonly status: string }>(
  source: JobSource<Job>,
  { onProgress, onSeen, ...options }: CallOptions & SeenBy<Job>,
): Promise<Job | null> {
  const events = source.events(options)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await seen(events.next(), options.signal)
      if (next === null || next.done) return null
      const { type, job } = next.value
      // Events of a newer service may hold something else than the job.
      if (type !== 'snapshot' && type !== 'end') continue
      onProgress?.(job)
      await onSeen?.(job)
      if (type === 'end' || hasEnded(job)) return job
    }
  } finally {
    await events.return?.().catch(() => undefined)
  }
}

/** Null when asking may still lead to the end. */
async function seen<T>(next: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  try {
    return await next
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (!(error instanceof VideoScraperError)) throw error
    if (error instanceof AuthenticationError || error instanceof PermissionError) throw error
    return null
  }
}

async function byAsking<Job extends { readonly status: string }>(
  source: JobSource<Job>,
  { onProgress, onSeen, ...options }: CallOptions & SeenBy<Job>,
): Promise<Job> {
  let pauseMs = SHORTEST_PAUSE_MS
  let heardAt = Date.now()
  for (;;) {
    const answer = await source.get(HELD_SECONDS, options).catch((error: unknown) => {
      const isHopeless = !(error instanceof VideoScraperError && (isPassing(error) || error.status === 500))
      if (isHopeless || Date.now() - heardAt > TIMEOUT_MS) throw error
      return null
    })
    if (answer) {
      heardAt = Date.now()
      onProgress?.(answer.data)
      await onSeen?.(answer.data)
      if (hasEnded(answer.data)) return answer.data
    }
    // An answer that was held back has waited already.
    const wasHeld = answer?.headers.has('preference-applied')
    if (wasHeld) continue
    await pause(spread(pauseMs * 2), options.signal)
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)
  }
}
