/** How many jobs a client may ask for in a minute. Counted in Redis, so that it holds across gateways. */
import rateLimit from '@fastify/rate-limit'
import { keys } from '@video-scraper/store'
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Redis } from 'ioredis'
import { clientOf } from '../client.ts'
import { RequestError } from '../errors.ts'
import { addRateLimitFields } from './rate-limit-fields.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The `onRequest` hook of routes that make jobs; they share one count per client. */
    limitRate: onRequestAsyncHookHandler
    /** Counts one job more than the request itself; false when it is one too many. */
    countJob(request: FastifyRequest): Promise<boolean>
  }
}

const WINDOW_SECONDS = 60

/** `max` per minute and client whose key says nothing else; 0 turns the limit off. */
export async function limitRates(app: FastifyInstance, redis: Redis, max: number): Promise<void> {
  const maxOf = (request: FastifyRequest) => clientOf(request).limits.requestsPerMinute ?? max
  await app.register(rateLimit, {
    global: false,
    max: maxOf,
    timeWindow: WINDOW_SECONDS * 1000,
    redis,
    nameSpace: keys.rateLimit,
    keyGenerator: (request) => clientOf(request).limitSubject,
    errorResponseBuilder: (_request, { after, max: allowed }) =>
      new RequestError('too_many_requests', {
        message: `Too many requests: at most ${allowed} jobs a minute. Try again in ${after}.`,
      }),
  })
  const limit = app.rateLimit() as onRequestAsyncHookHandler
  app.decorate('limitRate', async function (request, reply) {
    if (maxOf(request) === 0) return
    try {
      await limit.call(this, request, reply)
    } finally {
      addRateLimitFields(reply, WINDOW_SECONDS)
    }
  })
  const count = app.createRateLimit()
  app.decorate('countJob', async (request: FastifyRequest) => {
    if (maxOf(request) === 0) return true
    const rate = await count(request)
    return rate.isAllowed || !rate.isExceeded
  })
}
