/** One request on its way through the proxy. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault } from './scenario.ts'

/** Everything that an action of a fault needs. */
export interface Exchange {
  readonly fault: Fault
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly killGateway: () => Promise<void>
  /** Asks the service, with other headers if need be. Rejects when it does not answer. */
  forward(headers?: IncomingMessage['headers']): Promise<IncomingMessage>
}

/** Writes the head of `answer`; resolves with where its body goes. */
export function headed(answer: IncomingMessage, outgoing: ServerResponse): ServerResponse {
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
  outgoing.flushHeaders()
  return outgoing
}
