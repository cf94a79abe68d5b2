/** Validates JSON bodies as they are: a number is not taken for a text. Path and query need conversion; bodies do not. */
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { ValidationError } from './validation-problems.ts'

/** For a route whose body alone is to be validated: its path holds plain strings, and it has no query. */
export function strictBody(schema: TSchema): FastifySchemaCompiler<unknown> {
  return ({ httpPart }) =>
    (given: unknown) =>
      httpPart !== 'body' || Value.Check(schema, given)
        ? { value: given }
        : { error: Value.Errors(schema, given) as unknown as Error & ValidationError[] }
}
