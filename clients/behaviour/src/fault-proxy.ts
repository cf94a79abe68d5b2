/** Stands between a client and the service, and does to their requests what a scenario says. */
import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { headed } from './exchange.ts'
import { faultActions } from './fault-actions.ts'
import type { Fault } from './scenario.ts'

export interface SeenRequest {
  readonly method: string
  /** Without `/api/video-scraper` and the query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
}

export interface FaultProxy {
  readonly origin: string
  /** What was asked for since the last `begin`. */
  readonly seen: readonly SeenRequest[]
  /** A scenario begins: its faults, and nothing seen. */
  begin(faults: readonly Fault[]): void
  stop(): Promise<void>
}

export interface FaultProxyOptions {
  /** Where the service is at this moment. */
  readonly upstream: () => string
  /** Kills the gateway and starts another one. */
  readonly killGateway: () => Promise<void>
}

const plainPath = (url: string): string => url.replace(/\?.*$/s, '').replace(/^\/api\/video-scraper/, '')

/** Whether a request is one of those that `on` names. */
export function isMeant(on: string, { method, path }: Pick<SeenRequest, 'method' | 'path'>): boolean {
  const [wanted, pattern = ''] = on.split(' ')
  return method === wanted && new RegExp(`^${pattern}$`).test(path)
}

export async function startFaultProxy({ upstream, killGateway }: FaultProxyOptions): Promise<FaultProxy> {
  let seen: SeenRequest[] = []
  let left: { fault: Fault; times: number }[] = []

  const faultFor = (request: SeenRequest): Fault | undefined => {
    const entry = left.find(({ fault, times }) => times > 0 && isMeant(fault.on, request))
    if (entry) entry.times -= 1
    return entry?.fault
  }
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    const request = { method, path: plainPath(url), headers }
    seen.push(request)
    const forward = (sent = headers) => forwarded(upstream(), incoming, sent, outgoing)
    const fault = faultFor(request)
    const answered = fault
      ? faultActions[fault.do]({ fault, incoming, outgoing, killGateway, forward })
      : forward().then((answer) => void answer.on('error', () => outgoing.destroy()).pipe(headed(answer, outgoing)))
    answered.catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get seen() {
      return seen
    },
    begin(faults) {
      seen = []
      left = faults.map((fault) => ({ fault, times: fault.times ?? 1 }))
    },
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function forwarded(
  origin: string,
  incoming: IncomingMessage,
  headers: IncomingMessage['headers'],
  outgoing: ServerResponse,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url = '' } = incoming
    const request = requestOf(`${origin}${url}`, {
      method,
      headers: { ...headers, host: new URL(origin).host },
      agent: false,
    })
    request.on('response', resolve).on('error', reject)
    outgoing.on('close', () => request.destroy())
    incoming.pipe(request)
  })
}
