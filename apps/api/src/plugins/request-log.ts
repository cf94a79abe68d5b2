/** One line per request: what changes something is `info`, what only reads is `debug`, since clients poll. */
import type { FastifyInstance } from 'fastify'

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const [path] = request.url.split('?', 1)
    request.log[reads && reply.statusCode < 500 ? 'debug' : 'info'](
      { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime), client: request.ip },
      'request answered',
    )
  })
}
