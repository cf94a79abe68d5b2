/** No answer holds a field that its schema does not name, and no answer is sent that has no schema. */
import { answerTextOf } from '@video-scraper/views'
import type { FastifyInstance } from 'fastify'

/** For the routes of this scope. Texts and streams, such as files and the document, are sent as they are. */
export function sendOnlyKnownFields(app: FastifyInstance): void {
  app.setSerializerCompiler(({ schema }) => answerTextOf(schema as object))
  app.addHook('preSerialization', (request, reply, payload, done) => {
    if (reply.getSerializationFunction(String(reply.statusCode), 'application/json') === undefined)
      throw new Error(`${request.routeOptions.url} has no schema for its answer with the status ${reply.statusCode}.`)
    done(null, payload)
  })
}
