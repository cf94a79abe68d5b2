/** What is wrong with a request, field by field, in words that do not need a JSON Schema to be understood. */
import type { ErrorReply } from '@video-scraper/contracts'

/** As Ajv and TypeBox both report it. */
export interface ValidationError {
  keyword: string
  instancePath: string
  params: Record<string, unknown>
  message?: string | undefined
}

type Problem = NonNullable<ErrorReply['details']>[number]

/** A body can hold thousands of unknown fields; nobody reads more of them than this. */
const PROBLEMS_MAX = 10

export const problemsOf = (errors: readonly ValidationError[]): Problem[] =>
  errors.flatMap(problemsIn).slice(0, PROBLEMS_MAX)

function problemsIn({ keyword, instancePath, params, message = 'is not valid' }: ValidationError): Problem[] {
  const missing = namesIn(params.missingProperty ?? params.requiredProperties)
  const unknown = namesIn(params.additionalProperty ?? params.additionalProperties)
  if (keyword === 'required') return missing.map((name) => ({ field: at(instancePath, name), message: 'is missing' }))
  if (keyword === 'additionalProperties') {
    return unknown.map((name) => ({ field: at(instancePath, name), message: 'is not a field of this request' }))
  }
  return [{ field: instancePath || '/', message: message.replace('must NOT', 'must not') }]
}

const namesIn = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String))

/** A JSON pointer (RFC 6901). */
const at = (path: string, name: string) => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
