/** Follows the events of a job, and comes back by itself where a stream broke off. */
import type { Configuration } from './configuration.ts'
import { ConnectionError, TimeoutError, VideoScraperError } from './errors.ts'
import { readEvents } from './event-stream.ts'
import { spread } from './retries.ts'
import { pause } from './stopping.ts'
import { note, unreachable } from './transport.ts'

export interface JobEvent<Job> {
  /** `snapshot` while the job goes on, `end` when it has ended; a newer service may have others. */
  readonly type: 'snapshot' | 'end' | (string & {})
  readonly id: string
  /** What GET of the job answers at that moment. */
  readonly job: Job
}

interface FollowOptions {
  readonly configuration: Configuration
  readonly url: string
  /** Opens the stream behind the event with this id; null for all that is known. */
  readonly open: (lastEventId: string | null) => Promise<Response>
  readonly signal?: AbortSignal | undefined
}

/** So many streams in a row may break off without an event. */
const BARREN_STREAMS = 5
const FIRST_WAIT_MS = 500

/**
 * Ends after the `end`. Throws a `ConnectionError` or a `TimeoutError` when no stream brings anything any more, and at once
 * when the answer is no stream of events.
 */
export async function* follow<Job>(options: FollowOptions): AsyncGenerator<JobEvent<Job>, void, undefined> {
  const { configuration, url, signal } = options
  const position: Position = { lastEventId: null, waitMs: FIRST_WAIT_MS, barren: 0 }
  for (;;) {
    const response = await options.open(position.lastEventId)
    // The service says that the end was seen.
    if (response.status === 204) return
    try {
      for await (const event of eventsOf<Job>(response, options, position)) {
        yield event
        if (event.type === 'end') return
      }
    } catch (cause) {
      throwUnlessBroken(cause, url, signal)
    }
    position.barren += 1
    const { barren, waitMs } = position
    if (barren > BARREN_STREAMS) throw brokenOff()
    note(configuration, { method: 'GET', url }, { event: 'stream_resumed', attempt: barren })
    await pause(barren === 1 ? waitMs : spread(waitMs * 2 ** barren), signal)
  }
}

/** Where one stream has to begin after another. */
interface Position {
  lastEventId: string | null
  waitMs: number
  /** How many streams in a row have brought nothing. */
  barren: number
}

async function* eventsOf<Job>(
  response: Response,
  { configuration, signal }: FollowOptions,
  position: Position,
): AsyncGenerator<JobEvent<Job>, void, undefined> {
  for await (const event of readEvents(bodyOf(response), { idleMs: configuration.idleTimeoutMs, signal })) {
    position.barren = 0
    position.waitMs = event.retryMs ?? position.waitMs
    position.lastEventId = event.id || position.lastEventId
    const job = parsed<Job>(event.data)
    if (job !== undefined) yield { type: event.type, id: event.id, job }
  }
}

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream && response.body) return response.body
  response.body?.cancel().catch(() => undefined)
  throw new VideoScraperError('The answer is no stream of events.', { code: 'no_event_stream', retryable: true })
}

/** A stream that broke off is opened again; all else is passed on. */
function throwUnlessBroken(cause: unknown, url: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason
  const error = cause instanceof VideoScraperError ? cause : unreachable(url, cause)
  if (!(error instanceof ConnectionError || error instanceof TimeoutError)) throw error
}

const brokenOff = () =>
  new ConnectionError('The stream of events broke off too often.', { code: 'connection_failed', retryable: true })

/** Undefined for what is no JSON: it cannot be of this service. */
function parsed<Job>(data: string): Job | undefined {
  try {
    return JSON.parse(data) as Job
  } catch {
    return undefined
  }
}
