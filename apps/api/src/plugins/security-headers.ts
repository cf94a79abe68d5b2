/** Headers of every answer that tell browsers to stay careful. There is no CORS: only the own origin may read. */
import type { FastifyInstance } from 'fastify'

export function secureHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
    // Statuses change from one second to the next; files and the pages of the documentation say their own.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done()
  })
}
