/** Writes into the OpenAPI document which operations need a key, and how a key is refused. */

import type { FastifySchema } from 'fastify'
import type { RouteAccess } from '../auth/route-access.ts'
import { errors } from './schema-reference.ts'

/** For the button "Authorize" of Swagger UI. */
export const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key as `Authorization: Bearer KEY`.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key as `X-API-Key: KEY`.' },
} as const

/** Holds for each operation that says nothing else: one of the two ways to send a key. */
export const keyRequired = Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] }))

/** The operations that a signature in the address opens as well as a key. */
const openedBySignature: ReadonlySet<string> = new Set(['fetchFile'])

/** 400: two different keys; 503: keys cannot be looked up. */
const { 500: _, ...refusals } = errors(
  'invalid_request',
  'unauthorized',
  'insufficient_scope',
  'address_not_allowed',
  'too_many_failed_authentications',
  'service_unavailable',
)

interface OperationSchema extends FastifySchema {
  operationId?: string
  description?: string
}

/** The schema of an operation, with what a gateway that asks for keys adds to it. */
export function withAccess(schema: OperationSchema, access: RouteAccess): FastifySchema {
  if (access === 'open') return { ...schema, security: [] } as FastifySchema
  return {
    ...schema,
    ...(openedBySignature.has(schema.operationId ?? '') ? { security: [{}, ...keyRequired] } : {}),
    description: `${schema.description ?? ''} Needs a key with the scope \`${access}\`.`,
    // `security` has space for scopes of OAuth alone; linters refuse others there.
    'x-required-scope': access,
    response: withRefusals(schema.response as Responses),
  } as FastifySchema
}

interface Response {
  headers?: object
  content?: { 'application/json'?: { examples: object } }
}
type Responses = Record<string, Response>

/** An operation may have refusals of its own under the same status: then both are shown. */
function withRefusals(responses: Responses): Responses {
  const shared = Object.entries(refusals as Responses).map(([status, refusal]) => {
    const own = responses[status]
    return [status, own ? joined(refusal, own) : refusal]
  })
  return { ...responses, ...Object.fromEntries(shared) }
}

const joined = (refusal: Response, own: Response): Response => ({
  ...refusal,
  ...own,
  ...(refusal.headers || own.headers ? { headers: { ...refusal.headers, ...own.headers } } : {}),
  content: {
    'application/json': {
      ...refusal.content?.['application/json'],
      examples: { ...refusal.content?.['application/json']?.examples, ...own.content?.['application/json']?.examples },
    },
  },
})
