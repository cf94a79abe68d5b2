/** Moves the examples of a request body to the body. The plugin that draws the document keeps them at the operation. */
import { type OpenApiDocument, operationsOf } from './openapi-types.ts'

/** Where a route says them (`requestBody` in schema-reference.ts). */
export const REQUEST_EXAMPLES = 'x-request-examples'

export function placeRequestExamples(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document)
  for (const operation of operationsOf(copy)) {
    const examples = operation[REQUEST_EXAMPLES]
    delete operation[REQUEST_EXAMPLES]
    const body = operation.requestBody?.content['application/json']
    if (examples !== undefined && body !== undefined) body.examples = examples
  }
  return copy
}
