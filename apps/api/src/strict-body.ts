/** Validates JSON bodies as they are: a number is not taken for a text. Path and query need conversion; bodies do not. */
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { RequestError } from './errors.ts'
import type { ValidationError } from './validation-problems.ts'

/** For a route whose body alone is to be validated. `judge` may look at it to say what it has to be, or what is wrong. */
export function strictBody(
  judge: TSchema | ((body: unknown) => TSchema | RequestError),
): FastifySchemaCompiler<unknown> {
  return ({ httpPart }) =>
    (given: unknown) => {
      if (httpPart !== 'body') return { value: given }
      const schema = typeof judge === 'function' ? judge(given) : judge
      if (schema instanceof RequestError) return { error: schema }
      return Value.Check(schema, given)
        ? { value: given }
        : { error: Value.Errors(schema, given) as unknown as Error & ValidationError[] }
    }
}
