/** The answers that the proxy itself gives, the same for plain requests and tunnels. None holds an address. */
import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Each answer: its status, and a sentence that stands in the reason and in the body. */
export const refusals = {
  bad_request: { status: 400, sentence: 'bad proxy request' },
  denied: { status: 403, sentence: 'egress denied' },
  spent: { status: 403, sentence: 'egress ended' },
  credentials: { status: 407, sentence: 'proxy credentials required' },
  length_required: { status: 411, sentence: 'length required' },
  internal: { status: 500, sentence: 'proxy error' },
  unreachable: { status: 502, sentence: 'target unreachable' },
  not_found: { status: 502, sentence: 'host not found' },
  bad_response: { status: 502, sentence: 'bad response from target' },
  too_many: { status: 503, sentence: 'too many connections' },
  timeout: { status: 504, sentence: 'target timeout' },
} as const satisfies Record<string, { status: number; sentence: string }>

export type Refusal = keyof typeof refusals

function headersOf(refusal: Refusal): Record<string, string> {
  return {
    'Content-Type': 'text/plain',
    'Content-Length': String(refusals[refusal].sentence.length),
    'X-Egress': refusal,
    ...(refusal === 'credentials' ? { 'Proxy-Authenticate': 'Basic realm="egress"' } : {}),
    // The body of the refused request may still be on its way.
    Connection: 'close',
  }
}

/** Answers a plain request, or breaks it off where an answer has begun. */
export function refuseRequest(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, sentence } = refusals[refusal]
  response.writeHead(status, sentence, headersOf(refusal)).end(sentence)
}

/** Answers a CONNECT, and closes. */
export function refuseTunnel(client: Duplex, refusal: Refusal): void {
  const { status, sentence } = refusals[refusal]
  const lines = Object.entries(headersOf(refusal)).map(([name, value]) => `${name}: ${value}\r\n`)
  client.end(`HTTP/1.1 ${status} ${sentence}\r\n${lines.join('')}\r\n${sentence}`, () => client.destroy())
}

/** How a failed connection to a target is reported. */
export const refusalOf = (error: NodeJS.ErrnoException): Refusal =>
  error.code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
