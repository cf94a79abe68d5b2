/** Sends one plain http request on to its target, and the answer back. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AdmittedJob } from './admission.ts'
import type { CheckedAddress } from './checked-address.ts'
import { refusalOf, refuseRequest } from './refusals.ts'
import { BadResponse, type BodyFraming, readResponseHead, withoutHopByHop } from './response-head.ts'
import { type ConnectionLimits, connectTarget, type Receive } from './target-connection.ts'

interface ForwardOptions {
  readonly job: AdmittedJob
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly target: { readonly addresses: readonly CheckedAddress[]; readonly port: number; readonly path: string }
  readonly limits: ConnectionLimits
}

/**
 * The target gets a connection of its own for each request, the client keeps its connection. Bodies pass as they come:
 * Node's own client would take every byte through its parser, at twice the processor time (measured).
 */
export function forwardRequest({ job, request, response, target, limits }: ForwardOptions): void {
  // Bytes can arrive only after this function has returned, so `answer` may stop the connection that it reads from.
  const receive = answer({ request, response, finished: () => connection.destroy() })
  const connection = connectTarget({
    job,
    addresses: target.addresses,
    port: target.port,
    limits,
    receive: receive.take,
  })
  connection.once('error', (error) => refuseRequest(response, refusalOf(error)))
  connection.once('end', receive.ended)
  connection.once('close', () => response.writableEnded || response.destroy())
  response.once('close', () => connection.destroy())
  connection.write(requestHead(request, target.path), 'latin1')
  // Without `end`: some servers take a half-closed connection for a client that has gone.
  request.pipe(connection, { end: false })
}

function requestHead(request: IncomingMessage, path: string): string {
  const fields = request.rawHeaders.flatMap((name, index, all): [string, string][] =>
    index % 2 === 0 ? [[name, all[index + 1] ?? '']] : [],
  )
  const kept = withoutHopByHop(fields, ['proxy-authorization', 'expect', 'te', 'transfer-encoding'])
  const lines = [...kept, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`)
  return `${request.method} ${path} HTTP/${request.httpVersion}\r\n${lines.join('')}\r\n`
}

interface AnswerOptions {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The target has nothing more to say that anybody wants to hear. */
  readonly finished: () => void
}

/** Reads the answer: its head, once it is complete, then its body, up to where the head said that it ends. */
function answer({ request, response, finished }: AnswerOptions): { take: Receive; ended: () => void } {
  let head = Buffer.alloc(0)
  let body: BodyFraming | null = null
  let left = Number.POSITIVE_INFINITY

  const takeBody: Receive = (bytes, release) => {
    const wanted = bytes.length > left ? bytes.subarray(0, left) : bytes
    left -= wanted.length
    if (wanted.length > 0) response.write(wanted, release)
    else release()
    if (left > 0) return
    response.end()
    finished()
  }

  const takeHead = (bytes: Uint8Array) => {
    head = Buffer.concat([head, bytes])
    let found = readResponseHead(head, request.method ?? 'GET')
    // 1xx are asides before the answer. 101 would leave HTTP, and nobody asked for that.
    while (found && found.status < 200) {
      if (found.status === 101) throw new BadResponse('The target switched protocols.')
      head = head.subarray(found.size)
      found = readResponseHead(head, request.method ?? 'GET')
    }
    if (!found) return
    body = found.body
    left = body.ends === 'after' ? body.bytes : body.ends === 'at once' ? 0 : left
    sendHead(response, found)
    takeBody(head.subarray(found.size), () => undefined)
  }

  return {
    take(bytes, release) {
      if (response.destroyed || response.writableEnded) return release()
      if (body) return takeBody(bytes, release)
      try {
        takeHead(bytes)
      } catch (error) {
        if (!(error instanceof BadResponse)) throw error
        refuseRequest(response, 'bad_response')
        finished()
      }
      release()
    },
    ended() {
      if (response.writableEnded) return
      if (body?.ends === 'with the connection') response.end()
      // A body that ends early is broken off here too, so that the client notices.
      else refuseRequest(response, 'bad_response')
    },
  }
}

interface Head {
  readonly status: number
  readonly reason: string
  readonly headers: readonly string[]
}

function sendHead(response: ServerResponse, { status, reason, headers }: Head): void {
  const encoded = headers.some((text, index) => index % 2 === 0 && text.toLowerCase() === 'transfer-encoding')
  // A chunked body passes with its chunks, unread. Only its connection's end is sure to be its end.
  response.writeHead(status, reason, encoded ? [...headers, 'Connection', 'close'] : [...headers])
  if (encoded) response.chunkedEncoding = false
}
