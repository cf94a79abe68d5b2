/** Sends one plain http request on to its target, and the answer back. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AdmittedJob } from './admission.ts'
import type { CheckedAddress } from './checked-address.ts'
import { refusalOf, refuseRequest } from './refusals.ts'
import { type BodyFraming, headReader, withoutHopByHop } from './response-head.ts'
import { connectTarget, type Receive, type WayOut } from './target-connection.ts'

interface ForwardOptions {
  readonly job: AdmittedJob
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly target: {
    readonly addresses: readonly CheckedAddress[]
    readonly port: number
    readonly path: string
    readonly authority: string
  }
  readonly way: WayOut
}

/**
 * The target gets a connection of its own for each request, the client keeps its connection. Bodies pass as they come:
 * Node's own client would take every byte through its parser, at twice the processor time (measured).
 */
export function forwardRequest({ job, request, response, target, way }: ForwardOptions): void {
  // Bytes can arrive only after this function has returned, so `answer` may stop the connection that it reads from.
  const receive = answer({ request, response, finished: () => connection.destroy() })
  const connection = connectTarget({
    job,
    addresses: target.addresses,
    port: target.port,
    way,
    receive: receive.take,
    established: () => {
      connection.once('end', receive.ended)
      connection.write(requestHead(request, target), 'latin1')
      // Without `end`: some servers take a half-closed connection for a client that has gone.
      request.pipe(connection, { end: false })
    },
  })
  connection.once('error', (error) => refuseRequest(response, refusalOf(error)))
  connection.once('close', () => response.writableEnded || response.destroy())
  response.once('close', () => connection.destroy())
}

/** `Host` is what the target in the request line says, whatever the client wrote beside it (RFC 9112 section 3.2.2). */
function requestHead(request: IncomingMessage, { path, authority }: ForwardOptions['target']): string {
  const fields = request.rawHeaders.flatMap((name, index, all): [string, string][] =>
    index % 2 === 0 ? [[name, all[index + 1] ?? '']] : [],
  )
  const kept = withoutHopByHop(fields, ['host', 'proxy-authorization', 'expect', 'te', 'transfer-encoding'])
  const lines = [['Host', authority], ...kept, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`)
  return `${request.method} ${path} HTTP/${request.httpVersion}\r\n${lines.join('')}\r\n`
}

interface AnswerOptions {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The target has nothing more to say that anybody wants to hear. */
  readonly finished: () => void
}

/** From the first byte of an answer to the end of its head, interim answers included. Waiting for that byte is idle time. */
const HEAD_WITHIN_MS = 15_000

/** Reads the answer: its head, once it is complete, then its body, up to where the head said that it ends. */
function answer({ request, response, finished }: AnswerOptions): { take: Receive; ended: () => void } {
  const read = headReader(request.method ?? 'GET')
  let body: BodyFraming | null = null
  let left = Number.POSITIVE_INFINITY
  let deadline: NodeJS.Timeout | undefined
  response.once('close', () => clearTimeout(deadline))

  const refuse = (refusal: 'bad_response' | 'timeout'): void => {
    refuseRequest(response, refusal)
    finished()
  }

  const takeBody: Receive = (bytes, release) => {
    const wanted = bytes.length > left ? bytes.subarray(0, left) : bytes
    left -= wanted.length
    if (wanted.length > 0) response.write(wanted, release)
    else release()
    if (left > 0) return
    response.end()
    finished()
  }

  const takeHead: Receive = (bytes, release) => {
    deadline ??= setTimeout(() => refuse('timeout'), HEAD_WITHIN_MS)
    const reading = read(bytes)
    if (reading === 'incomplete') return release()
    clearTimeout(deadline)
    if (reading === 'bad') {
      refuse('bad_response')
      return release()
    }
    body = reading.head.body
    left = body.ends === 'after' ? body.bytes : body.ends === 'at once' ? 0 : left
    sendHead(response, reading.head)
    takeBody(reading.rest, release)
  }

  return {
    take(bytes, release) {
      if (response.destroyed || response.writableEnded) return release()
      if (body) takeBody(bytes, release)
      else takeHead(bytes, release)
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
