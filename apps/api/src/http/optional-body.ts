/** For operations whose JSON body only changes a default: none at all is as good as `{}`. */
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { strictBody } from './strict-body.ts'

/** Applies to the routes registered on this `app`: whatever type an empty body claims to have, there is nothing to parse. */
export function allowEmptyBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw: { headers } }) => {
    const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
    if (isEmpty) delete headers['content-type']
  })
}

/** Like `strictBody`, for a route that takes other texts, such as a part of its path, as they come. */
export function optionalBody(schema: TSchema): FastifySchemaCompiler<unknown> {
  const strict = strictBody(schema)
  return (part) => (part.httpPart === 'body' ? (body: unknown) => strict(part)(body ?? {}) : (value) => ({ value }))
}
