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
const PROBLEMS_MAX = 8

export const problemsOf = (errors: readonly ValidationError[]): Problem[] =>
  // TypeBox names the unknown fields one by one first, and then all of them together.
  errors
    .filter(({ keyword }) => keyword !== 'additionalProperties')
    .flatMap(problemsIn)
    .slice(0, PROBLEMS_MAX)

function problemsIn({ keyword, instancePath, params, message = 'is not valid' }: ValidationError): Problem[] {
  if (keyword === 'required') {
    const missing = [params.requiredProperties ?? params.missingProperty].flat()
    return missing.map((name) => ({ field: `${instancePath}/${String(name)}`, message: 'is missing' }))
  }
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    return [{ field: instancePath, message: `must be one of ${params.allowedValues.join(', ')}` }]
  }
  const known = keyword !== 'boolean'
  return [{ field: instancePath || '/', message: known ? message : 'is not a field of this request' }]
}
