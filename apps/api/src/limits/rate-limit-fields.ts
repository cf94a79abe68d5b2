/**
 * `RateLimit` and `RateLimit-Policy` as draft-ietf-httpapi-ratelimit-headers (10) has them, structured fields of RFC 9651,
 * beside the `X-RateLimit-*` headers of the plugin, from which they are drawn.
 */
import type { FastifyReply } from 'fastify'

/** The name that ties the two fields together. */
const POLICY = '"default"'

/** `remaining` requests are left for the next `resetSeconds`. Does nothing for an answer that was not counted. */
export function addRateLimitFields(reply: FastifyReply, windowSeconds: number): void {
  const [quota, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    reply.getHeader(`x-ratelimit-${name}`),
  )
  if (quota === undefined) return
  reply.header('ratelimit-policy', `${POLICY};q=${quota};w=${windowSeconds}`)
  reply.header('ratelimit', `${POLICY};r=${remaining};t=${reset}`)
}

/** For the document. */
export const rateLimitHeaders = {
  RateLimit: {
    description: 'How many jobs may still be asked for (`r`), and in how many seconds the count begins anew (`t`).',
    type: 'string',
  },
  'RateLimit-Policy': { description: 'How many jobs (`q`) in how many seconds (`w`).', type: 'string' },
  'X-RateLimit-Limit': { description: 'The `q` of `RateLimit-Policy`.', type: 'integer' },
  'X-RateLimit-Remaining': { description: 'The `r` of `RateLimit`.', type: 'integer' },
  'X-RateLimit-Reset': { description: 'The `t` of `RateLimit`.', type: 'integer' },
}
