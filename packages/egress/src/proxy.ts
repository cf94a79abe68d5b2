/** The forward proxy through which every byte of a job leaves and comes back: http and CONNECT, checked one by one. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { type Admission, AdmittedJob } from './admission.ts'
import { refuseTunnel } from './refusals.ts'
import { createHandlers, type HandlerOptions } from './request-handlers.ts'
import { createStrangers } from './strangers.ts'
import type { UpstreamProxy } from './upstream-proxy.ts'

export interface AdmitOptions {
  readonly maxBytes?: number
  readonly owner?: string
  readonly upstream?: UpstreamProxy | null
}

export interface EgressProxy {
  readonly port: number
  /**
   * Lets a job reach out. `maxBytes`: how much it may receive from targets in all; default: any amount. `owner`: whose
   * share of names being resolved it uses; default: its own. `upstream`: through which all its connections are made, null for
   * none; default: the one of the options below.
   */
  admit(jobId: string, options?: AdmitOptions): Admission
  /** What all jobs together have received from targets since the start, in bytes. */
  receivedBytes(): number
  /** Ends every connection and every admission. */
  close(): Promise<void>
}

interface EgressProxyOptions extends Pick<HandlerOptions, 'policy' | 'logger' | 'limits' | 'tokens'> {
  /** Through which the connections of a job are made that names no other (`parseUpstreamProxy`); default: none. Its own address is not checked. */
  readonly upstream?: UpstreamProxy | null
}

const HEADER_BYTES_MAX = 64 * 1024

/** Starts the proxy on a free port of loopback. */
export async function startEgressProxy(options: EgressProxyOptions): Promise<EgressProxy> {
  const jobs = new Map<string, AdmittedJob>()
  let receivedByEnded = 0
  const clients = new Set<Socket>()
  const server = createServer({ maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: 20_000, keepAliveTimeout: 60_000 })
  // No limit for all together: whoever is nobody's is counted here, and each job counts its own.
  const strangers = createStrangers()
  server.on('connection', strangers.arrived)
  keepTrack(server, clients)
  const handlers = createHandlers({ ...options, jobs, strangers })
  server.on('request', (request, response) => void handlers.request(request, response))
  server.on('connect', (request, client: Socket, head) => void handlers.connect(request, client, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound ? bound.port : 0

  return {
    port,
    admit(jobId, { maxBytes = Number.POSITIVE_INFINITY, owner = jobId, upstream = options.upstream ?? null } = {}) {
      const job = new AdmittedJob({ owner, job: jobId }, maxBytes, upstream)
      jobs.set(job.name, job)
      return {
        proxyUrl: `http://${job.name}:${job.token}@127.0.0.1:${port}`,
        blocked: () => job.blocked,
        upstreamFailed: () => job.upstreamFailed && !job.upstreamJoined,
        bytes: () => job.received,
        exceeded: () => job.exceeded,
        revoke: () => {
          if (jobs.delete(job.name)) receivedByEnded += job.received
          job.revoke()
        },
      }
    },
    receivedBytes: () => [...jobs.values()].reduce((sum, { received }) => sum + received, receivedByEnded),
    async close() {
      for (const job of jobs.values()) job.revoke()
      jobs.clear()
      for (const client of clients) client.destroy()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Knows every client connection, also those that became tunnels, and survives what hostile ones do. */
function keepTrack(server: Server, clients: Set<Socket>): void {
  server.on('connection', (client) => {
    clients.add(client)
    client.on('error', () => client.destroy())
    client.once('close', () => clients.delete(client))
  })
  server.on('clientError', (_error, client) => refuseTunnel(client, 'bad_request'))
}
