/** The operator's provider of PO tokens, spoken to by the protocol of bgutil-ytdlp-pot-provider. Bounded in bytes, time and number. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createTurns, TooManyWaiting } from '../turns.ts'
import { proxyAddressOf, type UpstreamProxy } from '../upstream-proxy.ts'
import { type TokenQuestion, tokenIn } from './token-question.ts'

export interface TokenProvider {
  /** Milliseconds that a job has to send its question. */
  readonly withinMs: number
  /** Rejects with `TokenProviderFailed` where the provider does not answer that it is there. */
  ping(signal: AbortSignal): Promise<void>
  /** `exit`: what the provider is to leave through, as the job does; null: by its own way. Rejects with `TokenProviderFailed`. */
  token(question: TokenQuestion, exit: UpstreamProxy | null, signal: AbortSignal): Promise<string>
}

/** Each way to fail; a refusal of the proxy has the same name. */
export class TokenProviderFailed extends Error {
  override readonly name = 'TokenProviderFailed'
  readonly reason: 'unreachable' | 'timeout' | 'bad_response' | 'too_many'

  constructor(reason: TokenProviderFailed['reason'], options?: ErrorOptions) {
    super(`The provider of PO tokens failed (${reason}).`, options)
    this.reason = reason
  }
}

/** For all that a job waits: its turn, the connection, and the last byte. A provider that starts anew takes some seconds. */
const WITHIN_MS = 15_000
/** An answer has some hundred bytes. */
const ANSWER_BYTES_MAX = 64 * 1024
/** A provider makes one after the other. */
const AT_ONCE = 4
const WAITING_MAX = 64

interface TokenProviderOptions {
  /** Of `parseTokenProviderUrl`. */
  readonly url: URL
  /** Milliseconds for one question, its wait included. Default 15 s. */
  readonly withinMs?: number
}

export function createTokenProvider({ url, withinMs = WITHIN_MS }: TokenProviderOptions): TokenProvider {
  const turns = createTurns({ atOnce: AT_ONCE, waiting: WAITING_MAX })

  async function inTime<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = AbortSignal.timeout(withinMs)
    const ended = AbortSignal.any([signal, late])
    try {
      // All have the same time, and the first comes first: whoever waits has a turn, if to be refused, when its time is over.
      return await turns.take('provider', async () => {
        ended.throwIfAborted()
        return await work(ended)
      })
    } catch (error) {
      throw failureOf(error, late.aborted)
    }
  }

  return {
    withinMs,
    ping: (signal) => inTime(signal, async (ended) => void (await exchange(url, { path: '/ping', signal: ended }))),
    token: (question, exit, signal) =>
      inTime(signal, async (ended) => {
        const asked = { ...question, bypass_cache: false, disable_tls_verification: false }
        const body = JSON.stringify({ ...asked, ...(exit !== null && { proxy: proxyAddressOf(exit) }) })
        const token = tokenIn(await exchange(url, { path: '/get_pot', body, signal: ended }))
        if (token === null) throw new TokenProviderFailed('bad_response')
        return token
      }),
  }
}

function failureOf(cause: unknown, isLate: boolean): TokenProviderFailed {
  if (cause instanceof TokenProviderFailed) return cause
  if (cause instanceof TooManyWaiting) return new TokenProviderFailed('too_many', { cause })
  return new TokenProviderFailed(isLate ? 'timeout' : 'unreachable', { cause })
}

interface Asked {
  readonly path: '/ping' | '/get_pot'
  /** Not given: a GET. */
  readonly body?: string
  readonly signal: AbortSignal
}

/** No redirect is followed, and no connection is kept. */
function exchange(url: URL, { path, body, signal }: Asked): Promise<string> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return new Promise((resolve, reject) => {
    const request: ClientRequest = send(
      new URL(path, url),
      { method: body === undefined ? 'GET' : 'POST', headers, agent: false, signal },
      (response) => {
        textOf(response)
          .then(resolve, reject)
          .finally(() => request.destroy())
      },
    )
    request.once('error', reject)
    request.end(body)
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  if (response.statusCode !== 200) throw new TokenProviderFailed('bad_response')
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > ANSWER_BYTES_MAX) throw new TokenProviderFailed('bad_response')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
