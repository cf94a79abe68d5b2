/** The forward proxy through which every byte of a job leaves and comes back: http and CONNECT, checked one by one. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Admission, AdmittedJob } from './admission.ts'
import { forwardRequest } from './forward-request.ts'
import { openTunnel } from './open-tunnel.ts'
import { credentialsOf, targetOfConnect, targetOfRequest } from './proxy-request.ts'
import { type Refusal, refuseRequest, refuseTunnel } from './refusals.ts'
import { createStrangers, type Strangers } from './strangers.ts'
import type { ConnectionLimits, WayOut } from './target-connection.ts'
import { type Decision, HostNotFound, type TargetPolicy } from './target-policy.ts'
import type { UpstreamProxy } from './upstream-proxy.ts'

/** What the proxy tells the operator; a pino logger fits. */
export interface EgressLogger {
  warn(fields: object, message: string): void
}

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

interface EgressProxyOptions {
  readonly policy: TargetPolicy
  readonly logger?: EgressLogger
  /** Default: 15 s to connect, 5 minutes of silence. */
  readonly limits?: ConnectionLimits
  /** Through which the connections of a job are made that names no other (`parseUpstreamProxy`); default: none. Its own address is not checked. */
  readonly upstream?: UpstreamProxy | null
}

const LIMITS: ConnectionLimits = { connectTimeoutMs: 15_000, idleTimeoutMs: 300_000 }
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

interface Question {
  readonly request: IncomingMessage
  readonly client: Socket
  /** Null: not in a form that a proxy can be asked. `'foreign'`: another scheme than http. */
  readonly target: { readonly hostname: string; readonly port: number } | 'foreign' | null
}

type Answer = { readonly job: AdmittedJob; readonly addresses: AllowedAddresses } | Refusal
type AllowedAddresses = Extract<Decision, { allowed: true }>['addresses']

interface HandlerOptions extends EgressProxyOptions {
  readonly jobs: ReadonlyMap<string, AdmittedJob>
  readonly strangers: Strangers
}

/** For the log: a path or a query may hold somebody's token. */
const hostOf = (target: { hostname: string; port: number } | 'foreign'): string =>
  target === 'foreign' ? target : `${target.hostname}:${target.port}`

/** Where each request is asked who sent it and where it wants to go, before anything is connected. */
function createHandlers({ policy, logger, limits = LIMITS, jobs, strangers }: HandlerOptions) {
  const wayOf = (job: AdmittedJob): WayOut => ({
    limits,
    upstream: job.upstream,
    onUpstreamJoined: () => {
      job.upstreamJoined = true
    },
    onUpstreamFailure: (reason) => {
      job.upstreamFailed = true
      const { upstream } = job
      logger?.warn({ upstream: `${upstream?.host}:${upstream?.port}`, reason }, 'the upstream proxy failed')
    },
  })
  async function ask({ request, client, target }: Question): Promise<Answer> {
    const { name, token } = credentialsOf(request.headers['proxy-authorization'])
    const job = jobs.get(name)
    if (!job?.isToken(token)) return 'credentials'
    if (target === null) return 'bad_request'
    if (!job.open) return 'spent'
    if (!job.hold(client)) return 'too_many'
    strangers.known(client)
    const decision =
      target === 'foreign'
        ? ({ allowed: false } as const)
        : await policy.check(target.hostname, target.port, job.requester)
    // While the name was being resolved, the job may have ended and the client may have gone.
    if (!job.open) return 'spent'
    if (decision.allowed) return { job, addresses: decision.addresses }
    job.blocked = true
    logger?.warn({ jobId: job.requester.job, host: hostOf(target) }, 'egress denied')
    return 'denied'
  }

  const answerTo = (question: Question): Promise<Answer> =>
    ask(question).catch((error: unknown) => {
      if (error instanceof HostNotFound) return 'not_found'
      logger?.warn({ err: error }, 'egress proxy failed to answer')
      return 'internal'
    })

  return {
    async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const target = targetOfRequest(request.url ?? '')
      const answer = await answerTo({ request, client: request.socket, target })
      if (response.destroyed) return
      if (typeof answer === 'string') return refuseRequest(response, answer)
      if (!target || target === 'foreign') return refuseRequest(response, 'bad_request')
      // A body without a length would have to be chunked anew; no client of ours sends one.
      if (request.headers['transfer-encoding']) return refuseRequest(response, 'length_required')
      const way = wayOf(answer.job)
      forwardRequest({ ...answer, request, response, target: { ...target, addresses: answer.addresses }, way })
    },
    async connect(request: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
      const target = targetOfConnect(request.url ?? '')
      const answer = await answerTo({ request, client, target })
      if (client.destroyed) return
      if (typeof answer === 'string') return refuseTunnel(client, answer)
      if (!target) return refuseTunnel(client, 'bad_request')
      const { job, addresses } = answer
      openTunnel({ job, client, head, target: { port: target.port, addresses }, way: wayOf(job) })
    },
  }
}
