/** Writes into the OpenAPI document which operations need a key, and how a key is refused. */

import type { FastifySchema } from 'fastify'
import type { RouteAccess } from '../keys/route-access.ts'
import { errors } from '../schema-reference.ts'

/** For the button "Authorize" of Swagger UI. */
export const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key as `Authorization: Bearer KEY`.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key as `X-API-Key: KEY`.' },
} as const

/** 400: two different keys; 503: keys cannot be looked up. An operation may document more about either. */
const { 500: _, ...refusals } = errors(
  'invalid_request',
  'unauthorized',
  'insufficient_scope',
  'address_not_allowed',
  'too_many_failed_authentications',
  'service_unavailable',
)

/** The schema of an operation, with what a gateway that asks for keys adds to it. */
export function withAccess(schema: FastifySchema, access: RouteAccess): FastifySchema {
  if (access === 'open') return { ...schema, security: [] }
  return {
    ...schema,
    // Roles may be named for schemes that know no scopes (OpenAPI 3.1, 4.8.30).
    security: Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [access] })),
    response: { ...refusals, ...(schema.response as object) },
  }
}
