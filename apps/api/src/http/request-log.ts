/**
 * One line per request. What changed something has said so itself, and reads are many since clients poll: both are
 * `debug`. A change that was refused is `info`, an error of ours is `error`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the answer is an error of ours; for the log only. */
    serverError: unknown
  }
}

/** No path of ours is longer, and a stranger's path may fill the log. */
const PATH_LENGTH_MAX = 256

export function logRequests(app: FastifyInstance): void {
  app.decorateRequest('serverError', null)
  const saysAll = ['trace', 'debug'].includes(app.log.level)
  app.addHook('onResponse', (request, reply, done) => {
    const level = levelOf(request, reply)
    // Most lines are not wanted, and making one costs more than finding that out.
    if (level === 'debug' && !saysAll) return done()
    const { method, ip: client, serverError } = request
    // Without the query, which nobody needs here and which may hold anything.
    const path = request.url.split('?', 1)[0]?.slice(0, PATH_LENGTH_MAX)
    const line = { method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime), client }
    request.log[level](
      { ...line, ...(serverError === null ? {} : causeOf(serverError, reply.statusCode)) },
      'request answered',
    )
    done()
  })
}

function levelOf({ method }: FastifyRequest, { statusCode }: FastifyReply) {
  if (statusCode === 500) return 'error'
  const reads = method === 'GET' || method === 'HEAD'
  return reads || statusCode < 400 ? 'debug' : 'info'
}

/** An outage needs no stack, and an error that nobody foresaw does. */
const causeOf = (serverError: unknown, status: number) =>
  status === 500 ? { err: detailsOf(serverError) } : reasonOf(serverError)

/** An error of Redis carries the command it belongs to, and with it the addresses of clients' videos: not logged. */
function detailsOf(serverError: unknown) {
  if (!(serverError instanceof Error)) return { message: String(serverError) }
  const { name: type, message, stack } = serverError
  return { type, message, stack }
}

/** Node's errors about several addresses at once have no message of their own. */
export const reasonOf = (serverError: unknown) => {
  const { message, code } = serverError as NodeJS.ErrnoException
  return { reason: message || code }
}
