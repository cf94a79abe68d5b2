/** Answers that change only with the version of the service, or of yt-dlp: clients may keep them, and ask whether they are current. */
import { createHash } from 'node:crypto'
import { listsEntityTag } from '@video-scraper/library'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A text and its entity tag. */
export interface Cacheable {
  text: string
  /** Without the `W/` that it is sent with: compressed and plain are not the same bytes (RFC 9110 section 8.8.1). */
  tag: string
}

/** For how many seconds a client need not ask again. */
const MAX_AGE_SECONDS = 300

export const cacheable = (body: unknown): Cacheable => cacheableText(JSON.stringify(body))

export const cacheableText = (text: string): Cacheable => ({
  text,
  tag: `"${createHash('sha256').update(text).digest('base64url')}"`,
})

/** `type`: JSON where nothing else is said. `scope`: `private` where a key was asked for, so that a shared cache does not answer those who have none. */
export function sendCacheable(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    text,
    tag,
    scope,
    type = 'application/json; charset=utf-8',
  }: Cacheable & { scope: 'public' | 'private'; type?: string },
): FastifyReply {
  reply.headers({ etag: `W/${tag}`, 'cache-control': `${scope}, max-age=${MAX_AGE_SECONDS}` })
  if (listsEntityTag(request.headers['if-none-match'] ?? '', tag, 'weak')) return reply.code(304).send()
  return reply.type(type).send(text)
}

/** For the document. */
export const cacheHeaders = {
  ETag: {
    description: 'Weak: for `If-None-Match`, which is answered with 304 while nothing has changed.',
    type: 'string',
  },
  'Cache-Control': {
    description: `For ${MAX_AGE_SECONDS} seconds the answer need not be asked for again.`,
    type: 'string',
  },
}
