/** Validates JSON bodies as they are: a number is not taken for a text. Path and query need conversion; bodies do not. */
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ValidationError } from './validation-problems.ts'

/** For a route whose only validated part is its body. */
export function strictBody(schema: TSchema): FastifySchemaCompiler<unknown> {
  const validator = Compile(schema)
  return () => (body: unknown) =>
    validator.Check(body) ? { value: body } : { error: validator.Errors(body) as unknown as Error & ValidationError[] }
}
