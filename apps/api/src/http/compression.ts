/**
 * Compresses JSON from 1 KiB on for clients that ask for it (`Accept-Encoding`, RFC 9110 section 12.5.3): brotli or gzip.
 * Nothing else is compressed: videos are already, and an event must not wait for the next one.
 */
import compress from '@fastify/compress'
import type { DoneFuncWithErrOrRes, FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'

const JSON_TYPE = 'application/json'

/** Bytes. Less than this fits into one or two packets either way. */
const THRESHOLD = 1024
/** Bytes. More than this is compressed outside of the thread that serves the requests. */
const INLINE_MAX = 16 * 1024

/** Call it before routes are registered. */
export async function compressJson(app: FastifyInstance): Promise<void> {
  // Before the plugin, which compresses more types than those that it is given, HTML for one, on every route that is not left out.
  app.addHook('onRoute', (route) => {
    if (!answersOnlyJson(route)) route.compress = false
    else {
      const last = route.method === 'HEAD' ? [withoutPlainLength] : []
      route.onSend = [nameVariants, route.onSend ?? [], last].flat() as never
    }
  })
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    customTypes: /^application\/json(;|$)/,
    threshold: THRESHOLD,
    syncThreshold: INLINE_MAX,
    // A body of a request is never decompressed: a few bytes could become many.
    globalDecompression: false,
  })
}

/** A cache must keep the forms of an answer apart, also when the one that it holds is not compressed. */
function nameVariants(_request: FastifyRequest, reply: FastifyReply, payload: unknown, done: DoneFuncWithErrOrRes) {
  const names = reply.getHeader('vary')
  // In lower case, as the plugin looks for it.
  reply.header('vary', names === undefined ? 'accept-encoding' : `${[names].flat().join(', ')}, accept-encoding`)
  done(null, payload)
}

/**
 * For HEAD, whose body is gone before it could be compressed. `Content-Length` must be that of GET or missing (RFC 9110
 * section 8.6).
 */
function withoutPlainLength(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: DoneFuncWithErrOrRes,
) {
  const isLong = Number(reply.getHeader('content-length') ?? 0) >= THRESHOLD
  if (isLong && request.headers['accept-encoding'] !== undefined) reply.removeHeader('content-length')
  done(null, payload)
}

/** By what the document says of the successful answers. A route that is not in the document says `compress` itself. */
function answersOnlyJson({ schema, compress }: RouteOptions): boolean {
  if (compress !== undefined) return compress !== false
  const response = (schema?.response ?? {}) as Record<string, { content?: object }>
  const types = Object.entries(response)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content = {} }]) => Object.keys(content))
  return types.length > 0 && types.every((type) => type === JSON_TYPE)
}
