/** Headers of every answer that tell browsers to stay careful. There is no CORS: only the own origin may read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export function secureHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => addSecureHeaders(request, reply))
}

/** For answers that no hook sees, too. */
export function addSecureHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id)
  reply.header('x-content-type-options', 'nosniff')
  // Statuses change from one second to the next; files and the pages of the documentation say their own.
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
}
