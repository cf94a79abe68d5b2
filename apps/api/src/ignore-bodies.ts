/** For operations that take no body: whatever is sent, of whatever type, is read and forgotten. */
import type { FastifyInstance } from 'fastify'

/** Applies to the routes registered on this `app`. The body limit still holds. */
export function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async () => undefined)
}
