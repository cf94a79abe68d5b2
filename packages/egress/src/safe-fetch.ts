/** One HTTP request of our own to a target that a stranger named: checked, to the checked address, and bounded. */
import type { ClientRequest, IncomingMessage } from 'node:http'
import { boundAnswer } from './bound-answer.ts'
import { beginRequest, checkedTarget } from './checked-request.ts'
import type { Requester } from './name-resolver.ts'
import { SafeFetchError, safeFetchErrorOf } from './safe-fetch-error.ts'
import type { TargetPolicy } from './target-policy.ts'
import type { UpstreamProxy } from './upstream-proxy.ts'

interface SafeFetchOptions {
  readonly policy: TargetPolicy
  /** Through which the connection is made; default: none. */
  readonly upstream?: UpstreamProxy | null
  /** Milliseconds for the whole exchange, from resolving the name to the last byte that is kept. */
  readonly timeoutMs: number
  /** How much of the answer's body is kept; what goes beyond is not read. */
  readonly maxBytes: number
  /** Authorities (PEM) to trust instead of those that come with Node, such as an operator's own. */
  readonly certificateAuthorities?: readonly string[]
}

export interface SafeFetchRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly signal?: AbortSignal
  /** Whose share of names being resolved is used; default: one that is common to all who do not say. */
  readonly requester?: Requester
}

export interface SafeFetchReply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** The body went beyond `maxBytes`, and this is its beginning. */
  readonly truncated: boolean
}

export type SafeFetch = (url: string, request?: SafeFetchRequest) => Promise<SafeFetchReply>

/**
 * Makes the function. It follows no redirect (a 3xx is a reply like others), keeps no connection, and asks the policy
 * each time, so that a name that changes its answer is checked again and reached nowhere else. Only http and https,
 * without user names in the URL. Rejects with SafeFetchError, with
 * the signal's reason where that was aborted, or with TypeError for headers that cannot be sent.
 */
export function createSafeFetch({ policy, timeoutMs, maxBytes, ...options }: SafeFetchOptions): SafeFetch {
  return async (text, { signal, requester, ...request } = {}) => {
    signal?.throwIfAborted()
    const late = AbortSignal.timeout(timeoutMs)
    const stop = signal ? AbortSignal.any([signal, late]) : late
    try {
      const target = await checkedTarget((host, port) => policy.check(host, port, requester), text, stop)
      const message = beginRequest(target, { ...request, ...options, signal: stop })
      return await replyTo(message, request.body ?? '', maxBytes)
    } catch (error) {
      signal?.throwIfAborted()
      throw late.aborted ? new SafeFetchError('timeout', { cause: error }) : safeFetchErrorOf(error)
    }
  }
}

function replyTo(request: ClientRequest, body: string | Uint8Array, maxBytes: number): Promise<SafeFetchReply> {
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    boundAnswer(request, maxBytes)
    request.once('upgrade', () => reject(new SafeFetchError('bad_response')))
    request.once('close', () => reject(new SafeFetchError('unreachable')))
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let received = 0
      const end = () => {
        const kept = Buffer.concat(chunks).subarray(0, maxBytes)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: kept,
          truncated: received > maxBytes,
        })
        request.destroy()
      }
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        received += chunk.length
        if (received > maxBytes) end()
      })
      response.once('end', end)
    })
    request.end(body)
  }).finally(() => request.destroy()) as Promise<SafeFetchReply>
}
