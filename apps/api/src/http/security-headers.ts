/** Headers of every answer that tell browsers to stay careful. The pages of the documentation say more exact ones. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const RESOURCE_POLICY = 'cross-origin-resource-policy'
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

export function secureHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    addSecureHeaders(request, reply)
    done()
  })
}

/** For answers that no hook sees, too. */
export function addSecureHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
  reply.header('x-frame-options', 'DENY')
  // No answer of the API is a page: should a browser show one all the same, nothing in it runs or loads.
  if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', NO_PAGE)
  // Pages of other origins may not even embed what they may not read; a file by its link says otherwise.
  if (!reply.hasHeader(RESOURCE_POLICY) || reply.statusCode >= 400) {
    reply.header(RESOURCE_POLICY, reply.hasHeader('access-control-allow-origin') ? 'cross-origin' : 'same-origin')
  }
  // Statuses change from one second to the next; files and the pages of the documentation say their own.
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
}
