/** What the proxy does with each request: asks who sent it and where it wants to go, before anything is connected. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { AdmittedJob } from './admission.ts'
import { forwardRequest } from './forward-request.ts'
import { openTunnel } from './open-tunnel.ts'
import { credentialsOf, type RequestTarget, targetOfConnect, targetOfRequest } from './proxy-request.ts'
import { type Refusal, refuseRequest, refuseTunnel } from './refusals.ts'
import type { Strangers } from './strangers.ts'
import type { ConnectionLimits, WayOut } from './target-connection.ts'
import { type Decision, HostNotFound, type TargetPolicy } from './target-policy.ts'
import { answerTokenRequest } from './tokens/answer-token-request.ts'
import { asksForToken } from './tokens/token-address.ts'
import type { TokenProvider } from './tokens/token-provider.ts'

/** What the proxy tells the operator; a pino logger fits. */
export interface EgressLogger {
  warn(fields: object, message: string): void
}

interface Question {
  readonly request: IncomingMessage
  readonly client: Socket
  /** Null: not in a form that a proxy can be asked. `'foreign'`: another scheme than http. */
  readonly target: { readonly hostname: string; readonly port: number } | 'foreign' | null
}

/** Its target names a path as well. */
interface PlainQuestion extends Question {
  readonly target: RequestTarget | 'foreign' | null
}

type Answer = { readonly job: AdmittedJob; readonly addresses: AllowedAddresses } | Refusal
type AllowedAddresses = Extract<Decision, { allowed: true }>['addresses']

export interface HandlerOptions {
  readonly policy: TargetPolicy
  readonly logger?: EgressLogger
  /** Default: 15 s to connect, 5 minutes of silence. */
  readonly limits?: ConnectionLimits
  /** Is asked for PO tokens by jobs that ask `TOKEN_ADDRESS`; default: there is none, and that address is refused like any other. */
  readonly tokens?: TokenProvider | null
  readonly jobs: ReadonlyMap<string, AdmittedJob>
  readonly strangers: Strangers
}

/** For the log: a path or a query may hold somebody's token. */
const hostOf = (target: { hostname: string; port: number } | 'foreign'): string =>
  target === 'foreign' ? target : `${target.hostname}:${target.port}`

const LIMITS: ConnectionLimits = { connectTimeoutMs: 15_000, idleTimeoutMs: 300_000 }

export function createHandlers({ policy, logger, limits = LIMITS, tokens = null, jobs, strangers }: HandlerOptions) {
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
  function askedBy({ request, client, target }: Question): AdmittedJob | Refusal {
    const { name, token } = credentialsOf(request.headers['proxy-authorization'])
    const job = jobs.get(name)
    if (!job?.isToken(token)) return 'credentials'
    if (target === null) return 'bad_request'
    if (!job.open) return 'spent'
    if (!job.hold(client)) return 'too_many'
    strangers.known(client)
    return job
  }

  async function ask(question: Question): Promise<Answer> {
    const { target } = question
    const job = askedBy(question)
    if (typeof job === 'string') return job
    if (target === null) return 'bad_request'
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

  /** False where something else is asked for. */
  async function answeredForToken(question: PlainQuestion, response: ServerResponse): Promise<boolean> {
    const { request, target } = question
    if (tokens === null || !asksForToken(request, target)) return false
    const job = askedBy(question)
    if (typeof job === 'string') {
      refuseRequest(response, job)
      return true
    }
    const onFailure = (reason: string): void =>
      logger?.warn({ jobId: job.requester.job, reason }, 'a job got no PO token')
    await answerTokenRequest({ job, request, response, provider: tokens, onFailure })
    return true
  }

  return {
    async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const target = targetOfRequest(request.url ?? '')
      const question = { request, client: request.socket, target }
      if (await answeredForToken(question, response)) return
      const answer = await answerTo(question)
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
