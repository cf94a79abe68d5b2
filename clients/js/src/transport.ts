/** One request to the service: its headers, its time, its repeats, its log. */
import { errorOfAnswer } from './answer-errors.ts'
import type { Configuration } from './configuration.ts'
import { ConnectionError, TimeoutError, VideoScraperError } from './errors.ts'
import { waitBefore } from './retries.ts'
import { heeding, pause, withTimer } from './stopping.ts'

/** What every call takes. */
export interface CallOptions {
  /** Ends the call; its reason is thrown. */
  readonly signal?: AbortSignal | undefined
  /** How long one attempt may take. Default: that of the client. */
  readonly timeoutMs?: number | undefined
  /** Default: that of the client. */
  readonly retries?: number | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

export interface OutgoingRequest extends CallOptions {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly body?: unknown
  /** Whether it does no harm when it arrives twice. */
  readonly isRepeatable: boolean
  /** Resolves with the answer unread: its body is a stream or a file. */
  readonly isUnread?: boolean
}

export interface Answer<Data> {
  readonly data: Data
  readonly status: number
  readonly headers: Headers
  /** Name it when you report a problem. */
  readonly requestId: string | null
  /** 1 when the first attempt was answered. */
  readonly attempts: number
}

/** Throws the error that the answer means, once it is not worth repeating. */
export async function send<Data>(configuration: Configuration, request: OutgoingRequest): Promise<Answer<Data>> {
  const retries = request.isRepeatable ? (request.retries ?? configuration.retries) : 0
  for (let attempt = 1; ; attempt++) {
    try {
      return { ...(await attemptOnce<Data>(configuration, request, attempt)), attempts: attempt }
    } catch (error) {
      if (!(error instanceof VideoScraperError) || attempt > retries) throw error
      const wait = waitBefore(error, attempt)
      if (wait === null) throw error
      note(configuration, request, { event: 'retrying', code: error.code, status: error.status, attempt })
      await pause(wait, request.signal)
    }
  }
}

async function attemptOnce<Data>(configuration: Configuration, request: OutgoingRequest, attempt: number) {
  const startedAt = Date.now()
  const timeoutMs = request.timeoutMs ?? configuration.timeoutMs
  const { signal, release } = withTimer(timeoutMs, () => timedOut(timeoutMs), [request.signal])
  try {
    const response = await heeding(configuration.fetch(request.url, initOf(configuration, request, signal)), signal)
    const requestId = response.headers.get('x-request-id')
    const milliseconds = Date.now() - startedAt
    note(configuration, request, { event: 'answered', status: response.status, requestId, milliseconds, attempt })
    const isGood = response.ok || (request.isUnread === true && response.status === 416)
    if (!isGood) throw errorOfAnswer(response, await heeding(response.text(), signal))
    const data = request.isUnread ? response : jsonOf(response, await heeding(response.text(), signal))
    return { data: data as Data, status: response.status, headers: response.headers, requestId }
  } catch (cause) {
    if (request.signal?.aborted) throw request.signal.reason
    const error = cause instanceof VideoScraperError ? cause : unreachable(request.url, cause)
    if (error.status === 0) note(configuration, request, { event: 'failed', code: error.code, attempt })
    throw error
  } finally {
    release()
  }
}

function initOf({ apiKey, headers }: Configuration, request: OutgoingRequest, signal: AbortSignal): RequestInit {
  const all: Record<string, string> = { accept: 'application/json', ...headers }
  // As Authorization, which fetch drops when an answer leads to another origin.
  if (apiKey !== null) all.authorization = `Bearer ${apiKey}`
  const { method, body } = request
  // Bun sends a DELETE again by itself where a connection that it kept is closed, and the repeat finds nothing there. It
  // keeps no connection with this option, which changes nothing elsewhere (Fetch, 5.4: it is false by default).
  const keepalive = method === 'DELETE' ? { keepalive: false } : {}
  if (body === undefined) return { method, headers: { ...all, ...request.headers }, signal, ...keepalive }
  // No operation takes a text in JSON.
  const isText = typeof body === 'string'
  all['content-type'] = isText ? 'text/plain; charset=utf-8' : 'application/json'
  return { method, headers: { ...all, ...request.headers }, body: isText ? body : JSON.stringify(body), signal }
}

function jsonOf(response: Response, text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ConnectionError('The answer is no JSON. Is this the address of the service?', {
      code: 'unreadable_answer',
      status: response.status,
      cause,
    })
  }
}

export const timedOut = (milliseconds: number): TimeoutError =>
  new TimeoutError(`Nothing came within ${milliseconds / 1000} seconds.`, { code: 'timed_out', retryable: true })

export function unreachable(url: string, cause: unknown): ConnectionError {
  const { cause: inner, message } = (cause ?? {}) as { cause?: { code?: string; message?: string }; message?: string }
  const reason = inner?.code ?? inner?.message ?? message ?? 'no reason was given'
  return new ConnectionError(`${new URL(url).origin} could not be reached, or the connection broke off: ${reason}.`, {
    code: 'connection_failed',
    retryable: true,
    cause,
  })
}

type Noted = Omit<Parameters<Configuration['log']>[0], 'method' | 'url'>

/** Queries are left out: signatures and tokens are in them. */
export function note({ log }: Configuration, { method, url }: { method: string; url: string }, entry: Noted): void {
  log({ method, url: url.replace(/\?.*$/, ''), ...entry })
}
