/** How many jobs a client may ask for in a minute. Counted in Redis, so that it holds across gateways. */
import rateLimit from '@fastify/rate-limit'
import { createCountReturn, keys } from '@video-scraper/store'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Redis } from 'ioredis'
import { clientOf } from '../auth/client.ts'
import { RequestError } from '../http/errors.ts'
import { addRateLimitFields } from './rate-limit-fields.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The `onRequest` hook of routes that make jobs; they share one count per client. */
    limitRate: onRequestAsyncHookHandler
    /** Counts one job more than the request itself; false when it is one too many. */
    countJob(request: FastifyRequest): Promise<boolean>
    /** Takes back one job that was counted and then refused. Never rejects. */
    uncountJob(request: FastifyRequest): Promise<void>
  }
  interface FastifyRequest {
    /** How many jobs this request has counted and not taken back. */
    countedJobs: number
  }
}

const WINDOW_SECONDS = 60

/**
 * `max` per minute and client whose key says nothing else; 0 turns the limit off. A request that is
 * refused uses up none: it is counted first, so that a client beyond its limit sends no body, and taken back with the refusal.
 */
export async function limitRates(app: FastifyInstance, redis: Redis, max: number): Promise<void> {
  const maxOf = (request: FastifyRequest) => clientOf(request).limits.requestsPerMinute ?? max
  const countKey = (request: FastifyRequest) => clientOf(request).limitSubject
  await app.register(rateLimit, {
    global: false,
    max: maxOf,
    timeWindow: WINDOW_SECONDS * 1000,
    redis,
    nameSpace: keys.rateLimit,
    keyGenerator: countKey,
    errorResponseBuilder: (_request, { after, max: allowed }) =>
      new RequestError('too_many_requests', {
        message: `Too many requests: at most ${allowed} jobs a minute. Try again in ${after}.`,
      }),
  })
  const limit = app.rateLimit() as onRequestAsyncHookHandler
  const returnCount = createCountReturn(redis)
  app.decorateRequest('countedJobs', 0)
  app.decorate('limitRate', async function (request, reply) {
    await app.checkRefusals(request)
    if (maxOf(request) === 0) return
    request.countedJobs += 1
    try {
      await limit.call(this, request, reply)
    } finally {
      addRateLimitFields(reply, WINDOW_SECONDS)
    }
  })
  const count = app.createRateLimit()
  app.decorate('countJob', async (request: FastifyRequest) => {
    if (maxOf(request) === 0) return true
    request.countedJobs += 1
    const rate = await count(request)
    return rate.isAllowed || !rate.isExceeded
  })
  app.decorate('uncountJob', async (request: FastifyRequest) => {
    if (request.countedJobs === 0) return
    request.countedJobs -= 1
    // Without Redis the count stands until its minute is over.
    await returnCount(`${keys.rateLimit}${countKey(request)}`).catch(() => undefined)
  })
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.countedJobs === 0 || reply.statusCode < 400) return done()
    if (reply.getHeader('retry-after') === undefined) addOneRemaining(reply)
    uncountAll(request).then(() => done(), done)
  })
  const uncountAll = async (request: FastifyRequest) => {
    while (request.countedJobs > 0) await app.uncountJob(request)
  }
}

function addOneRemaining(reply: FastifyReply): void {
  const remaining = reply.getHeader('x-ratelimit-remaining')
  if (remaining === undefined) return
  reply.header('x-ratelimit-remaining', Number(remaining) + 1)
  addRateLimitFields(reply, WINDOW_SECONDS)
}
