/**
 * Two generous limits that protect the gateway, not the queue: all requests of a client, and those of them that ask for a
 * job and are refused. Each gateway counts by itself, in its own process: a GET costs no round trip more.
 */
import type { FastifyContextConfig, FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { clientOf } from '../auth/client.ts'
import { RequestError } from '../http/errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Throws `too_many_requests` for a client that had too many requests for a job refused. */
    checkRefusals(request: FastifyRequest): Promise<void>
    countRefusal(request: FastifyRequest): Promise<void>
  }
  interface FastifyRequest {
    /** Whether the request asks for a job, so that its refusal is counted. */
    asksForJob: boolean
  }
}

/** Per minute and client; 0 for no limit. */
export interface RequestLimits {
  requests: number
  refused: number
}

const WINDOW_SECONDS = 60

/** Call it after authentication, since a key is counted and not its address. */
export function limitRequests(app: FastifyInstance, { requests, refused }: RequestLimits): void {
  const ofAll = new RateLimiterMemory({ points: requests, duration: WINDOW_SECONDS })
  const ofRefused = new RateLimiterMemory({ points: refused, duration: WINDOW_SECONDS })
  const subjectOf = (request: FastifyRequest) => clientOf(request).limitSubject

  if (requests > 0) {
    // A hook of the route itself: Fastify makes `routeOptions` anew at each look, which a hook for all routes would need.
    app.addHook('onRoute', (route) => {
      const cost = (route.config as FastifyContextConfig | undefined)?.requestCost ?? 1
      if (cost === 0) return
      const count: onRequestHookHandler = (request, _reply, done) => {
        ofAll.consume(subjectOf(request), cost).then(
          () => done(),
          (exceeded: RateLimiterRes) => done(tooMany(`Too many requests: at most ${requests} a minute.`, exceeded)),
        )
      }
      route.onRequest = [count, route.onRequest ?? []].flat() as onRequestHookHandler[]
    })
  }
  app.decorateRequest('asksForJob', false)
  app.decorate('checkRefusals', async (request: FastifyRequest) => {
    request.asksForJob = true
    const counted = refused === 0 ? null : await ofRefused.get(subjectOf(request))
    if (counted !== null && counted.consumedPoints >= refused)
      throw tooMany(`Too many requests for jobs were refused: ${refused} in a minute. Correct them first.`, counted)
  })
  app.decorate('countRefusal', async (request: FastifyRequest) => {
    if (refused > 0) await ofRefused.penalty(subjectOf(request))
  })
  app.addHook('onSend', (request, { statusCode }, _payload, done) => {
    // What the service could not do is no fault of the client.
    if (!request.asksForJob || statusCode < 400 || statusCode >= 500) return done()
    app.countRefusal(request).then(() => done(), done)
  })
}

function tooMany(sentence: string, { msBeforeNext }: RateLimiterRes): RequestError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  return new RequestError('too_many_requests', {
    message: `${sentence} Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    headers: { 'retry-after': String(seconds) },
  })
}
