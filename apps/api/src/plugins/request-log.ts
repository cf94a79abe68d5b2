/**
 * One line per request. What changed something has said so itself, and reads are many since clients poll: both are
 * `debug`. A change that was refused is `info`, an error of ours is `error`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the answer is an error of ours; for the log only. */
    trouble: unknown
  }
}

export function logRequests(app: FastifyInstance): void {
  app.decorateRequest('trouble', null)
  app.addHook('onResponse', (request, reply, done) => {
    const { method, ip: client, trouble } = request
    // Without the query, which nobody needs here and which may hold anything.
    const [path] = request.url.split('?', 1)
    const line = { method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime), client }
    request.log[levelOf(request, reply)]({ ...line, ...causeOf(trouble) }, 'request answered')
    done()
  })
}

function levelOf({ method }: FastifyRequest, { statusCode }: FastifyReply) {
  if (statusCode === 500) return 'error'
  const reads = method === 'GET' || method === 'HEAD'
  return reads || statusCode < 400 ? 'debug' : 'info'
}

/** An error of Redis carries the command it belongs to, and with it the addresses of clients' videos: not logged. */
export function causeOf(trouble: unknown) {
  if (trouble === null) return {}
  if (!(trouble instanceof Error)) return { err: { message: String(trouble) } }
  const { name: type, message, stack } = trouble
  return { err: { type, message, stack } }
}
