/** For operations that take no body: whatever is sent, of whatever type, is read and forgotten. */
import type { FastifyInstance } from 'fastify'

/** Applies to the routes registered on this `app`. The body limit still holds. */
export function ignoreBodies(app: FastifyInstance): void {
  // A type that is malformed would be refused before any parser is asked.
  app.addHook('onRequest', async ({ raw }) => {
    delete raw.headers['content-type']
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async () => undefined)
}
