/**
 * Which pages of other origins may read answers: none, unless `CORS_ORIGINS` lists them. Credentials of the browser
 * (cookies) are never allowed, and none are used here: a page sends its key itself.
 */
import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

/** Headers that a client needs and that a browser keeps from the page unless they are named. */
const EXPOSED = [
  'Accept-Ranges',
  'Allow',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'Preference-Applied',
  'RateLimit',
  'RateLimit-Policy',
  'Repr-Digest',
  'Retry-After',
  'WWW-Authenticate',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
/** How long a browser may remember a preflight. */
const PREFLIGHT_SECONDS = 600

/**
 * `origins` as `parseOrigins` returns them. Call it before routes are watched: preflights are answered before a method can
 * be refused, and the route that the plugin adds for them is none of ours. A page of another origin gets no headers.
 */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  const answerTo = (origin: string | undefined) => {
    if (origin === undefined) return false
    return origins.includes('*') ? '*' : origins.includes(origin) && origin
  }
  await app.register(cors, {
    origin: (origin, done) => done(null, answerTo(origin)),
    methods: METHODS,
    exposedHeaders: EXPOSED,
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
    strictPreflight: false,
  })
}

/** Parses `CORS_ORIGINS`. Throws a sentence that names the first entry that is neither an origin nor `*`. */
export function parseOrigins(text: string): string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  for (const entry of entries) {
    if (entry !== '*' && !isOrigin(entry)) {
      throw new Error(`CORS_ORIGINS: ${entry} is neither an origin such as https://example.org nor *.`)
    }
  }
  return entries
}

/** An origin as a browser writes it: lower case, no path, no port that goes without saying. */
const isOrigin = (entry: string): boolean =>
  /^https?:\/\//.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry
