/** Validates JSON bodies as they are: a number is not taken for a text. Path and query need conversion; bodies do not. */
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { ValidationError } from './validation-problems.ts'

/** For a route whose only validated part is its body. */
export function strictBody(schema: TSchema): FastifySchemaCompiler<unknown> {
  return () => (body: unknown) =>
    Value.Check(schema, body)
      ? { value: body }
      : { error: Value.Errors(schema, body) as unknown as Error & ValidationError[] }
}
