/** One PUT of our own to a target that a stranger named: checked, to the checked address, streamed, and bounded in time. */
import type { ClientRequest, IncomingMessage } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { boundAnswer } from './bound-answer.ts'
import { beginRequest, checkedTarget } from './checked-request.ts'
import type { Requester } from './name-resolver.ts'
import { SafeFetchError, safeFetchErrorOf } from './safe-fetch-error.ts'
import type { TargetPolicy } from './target-policy.ts'
import type { UpstreamProxy } from './upstream-proxy.ts'

/** The target may say before the body comes that it does not want it (RFC 9110, section 10.1.1). One that says nothing is sent the body. */
const CONTINUE_WAIT_MS = 1000
/** After the last byte: what still lies in the buffers of the way arrives, and a store may copy what it was given. */
const ANSWER_MS = 300_000
/** A target that takes less than this within `stallMs` has stalled. */
const PIECE_BYTES = 64 * 1024

interface SafeUploadOptions {
  readonly policy: TargetPolicy
  /** Through which the connection is made; default: none. */
  readonly upstream?: UpstreamProxy | null
  /** Authorities (PEM) to trust instead of those that come with Node. */
  readonly certificateAuthorities?: readonly string[]
  /** How long nothing may move, from resolving the name to the last byte of the body, in milliseconds; 0 for ever. */
  readonly stallMs: number
  /** How long the answer may take after that; default `ANSWER_MS`. */
  readonly answerMs?: number
}

export interface UploadReply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
}

export interface UploadRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly sizeBytes: number
  /** Called at most once, when the body is wanted. The stream is destroyed in any case. */
  body(): Readable
  readonly signal: AbortSignal
  /** Whose share of names being resolved is used. */
  readonly requester: Requester
  /** Hears of each piece that was taken. */
  onSent?(bytes: number): void
}

export interface SafeUpload {
  /** Rejects with a `SafeFetchError` where nothing would be sent to this address now. */
  check(url: string, request: Pick<UploadRequest, 'signal' | 'requester'>): Promise<void>
  /**
   * Resolves with the head of the answer; a redirect is not followed, and is an answer like others. A good one (2xx) is only
   * believed when the whole body was sent. Rejects with a `SafeFetchError`, with `BodyFailed`, or with the reason of the signal.
   */
  put(url: string, request: UploadRequest): Promise<UploadReply>
}

/** What was to be sent could not be read. `cause` says why. */
export class BodyFailed extends Error {
  override readonly name = 'BodyFailed'
}

export function createSafeUpload({
  policy,
  stallMs,
  answerMs = ANSWER_MS,
  ...connection
}: SafeUploadOptions): SafeUpload {
  const targetOf = (url: string, requester: Requester, stop: AbortSignal) =>
    checkedTarget((host, port) => policy.check(host, port, requester), url, stop)

  return {
    async check(url, { signal, requester }) {
      try {
        await targetOf(url, requester, signal)
      } catch (error) {
        signal.throwIfAborted()
        throw safeFetchErrorOf(error)
      }
    },

    async put(url, { signal, requester, headers, ...upload }) {
      signal.throwIfAborted()
      const late = new AbortController()
      const clock = startClock(() => late.abort(), stallMs)
      const stop = AbortSignal.any([signal, late.signal])
      try {
        const target = await targetOf(url, requester, stop)
        const framing = { 'Content-Length': String(upload.sizeBytes), Expect: '100-continue' }
        const message = { method: 'PUT', headers: { ...headers, ...framing }, ...connection, signal: stop }
        return await answerTo(beginRequest(target, message), upload, {
          moved: () => clock.begin(stallMs),
          sent: () => clock.begin(answerMs),
        })
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof BodyFailed) throw error
        throw late.signal.aborted ? new SafeFetchError('timeout', { cause: error }) : safeFetchErrorOf(error)
      } finally {
        clock.end()
      }
    },
  }
}

/** Calls `onEnd` when nobody begins its time anew. 0 for ever. */
function startClock(onEnd: () => void, ms: number) {
  let timer: NodeJS.Timeout | undefined
  const begin = (newMs: number) => {
    clearTimeout(timer)
    timer = newMs > 0 ? setTimeout(onEnd, newMs) : undefined
  }
  begin(ms)
  return { begin, end: () => clearTimeout(timer) }
}

type Upload = Pick<UploadRequest, 'sizeBytes' | 'body' | 'onSent'>

interface Movement {
  moved(): void
  sent(): void
}

function answerTo(request: ClientRequest, upload: Upload, movement: Movement): Promise<UploadReply> {
  let isSent = false
  return new Promise<UploadReply>((resolve, reject) => {
    request.on('error', reject)
    boundAnswer(request, 0)
    request.once('upgrade', () => reject(new SafeFetchError('bad_response')))
    request.once('close', () => reject(new SafeFetchError('unreachable')))
    request.once('response', ({ statusCode: status = 0, headers }) => {
      const isGood = status >= 200 && status < 300
      // Who takes the file before it was sent does not have it.
      if (isGood && !isSent) reject(new SafeFetchError('bad_response'))
      else resolve({ status, headers })
    })
    whenWanted(request, () => {
      movement.moved()
      const body = upload.body()
      request.once('close', () => body.destroy())
      const pieces = Readable.from(piecesOf(body, upload, movement), { objectMode: false })
      pipeline(pieces, request, (error) => {
        if (error) return reject(error)
        isSent = true
        movement.sent()
      })
    })
  }).finally(() => request.destroy()) as Promise<UploadReply>
}

/** Calls `send` once: when the target asks for the body, or does not say whether it wants it. Never, once it has answered. */
function whenWanted(request: ClientRequest, send: () => void): void {
  let timer: NodeJS.Timeout | undefined
  const withdraw = () => {
    clearTimeout(timer)
    request.off('continue', once)
  }
  const once = () => {
    withdraw()
    send()
  }
  const wait = () => {
    timer = setTimeout(once, CONTINUE_WAIT_MS)
  }
  request.once('continue', once).once('response', withdraw).once('close', withdraw)
  request.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', wait)
    else wait()
  })
}

async function* piecesOf(body: Readable, { sizeBytes, onSent }: Upload, { moved }: Movement): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]()
  let left = sizeBytes
  for (;;) {
    const { value, done } = await chunks.next().catch((cause: unknown) => {
      throw new BodyFailed('The file could not be read.', { cause })
    })
    if (done) break
    left -= value.length
    if (left < 0) break
    for (let at = 0; at < value.length; at += PIECE_BYTES) {
      const piece = value.subarray(at, at + PIECE_BYTES)
      yield piece
      moved()
      onSent?.(piece.length)
    }
  }
  if (left !== 0) throw new BodyFailed('The file does not have the size that was announced.')
}
