/** Requests that are no HTTP never reach a route, so their answer is written by hand. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { RequestErrorCode } from '@video-scraper/contracts'
import type { FastifyInstance } from 'fastify'
import type { Connections } from './connections.ts'
import { RequestError } from './errors.ts'
import { errorTextOf, replyOf } from './handle-errors.ts'

/** How long a client that is still sending has to read the answer. */
const LINGER_MS = 1000

const knownCodes: Record<string, RequestErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

type ClientError = Error & { code?: string }

/** Answers once per connection, and never into the middle of another answer. */
export function answerMalformedRequest({ code = '' }: ClientError, socket: Socket, connections: Connections): void {
  if (code === 'ECONNRESET' || !socket.writable || connections.isAnswering(socket)) {
    socket.destroy()
    return
  }
  const known = knownCodes[code]
  const refusal = known ? new RequestError(known) : notHttp('This is not a valid HTTP request.')
  const body = errorTextOf(replyOf(refusal))
  const head = [
    `HTTP/1.1 ${refusal.statusCode} ${STATUS_CODES[refusal.statusCode]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    'X-Frame-Options: DENY',
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  // Destroyed at once, a socket with unread bytes is reset, and the client would lose the answer.
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}

/** What Node would refuse by itself, without a body, is refused here in the form of every other error. */
export function refuseOddRequests(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined) throw notHttp('The Host header is missing.')
    done()
  })
  // RFC 9110, 10.1.1: an expectation that is not known may be ignored.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response))
}

const notHttp = (message: string) => new RequestError('invalid_request', { message })
