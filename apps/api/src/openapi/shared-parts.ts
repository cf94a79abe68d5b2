/** Puts what several operations say alike into `components`, once: refusals, and the headers of requests and responses. */
import { type DocumentedOperation, type OpenApiDocument, operationsOf } from './openapi-types.ts'

type Part = Record<string, unknown>
type Kind = 'responses' | 'parameters' | 'headers'

/** A part that stands here; `replace` puts a reference in its place. */
interface Place {
  name: string
  part: Part
  replace(reference: { $ref: string }): void
}

export function shareParts(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document)
  // Headers first: two responses are alike when their headers are.
  share(copy, 'headers', operationsOf(copy).flatMap(headersIn))
  share(copy, 'parameters', operationsOf(copy).flatMap(parametersIn))
  share(copy, 'responses', operationsOf(copy).flatMap(refusalsIn))
  return copy
}

/** Of two parts with one name that say different things, the second stays where it is. */
function share({ components }: OpenApiDocument, kind: Kind, places: Place[]): void {
  const alike = new Map<string, Place[]>()
  for (const place of places) {
    const text = JSON.stringify(place.part)
    alike.set(text, [...(alike.get(text) ?? []), place])
  }
  const shared: Record<string, object> = {}
  for (const several of alike.values()) {
    const [first] = several
    if (first === undefined || several.length < 2) continue
    const { name } = first
    if (Object.hasOwn(shared, name)) continue
    shared[name] = first.part
    for (const { replace } of several) replace({ $ref: `#/components/${kind}/${name}` })
  }
  if (Object.keys(shared).length > 0) components[kind] = shared
}

const headersIn = ({ responses }: DocumentedOperation): Place[] =>
  Object.values(responses).flatMap(({ headers = {} }) =>
    Object.entries(headers).map(([name, part]) => ({
      name,
      part: part as Part,
      replace: (reference) => {
        headers[name] = reference
      },
    })),
  )

/** Those of the path and the query are short, and read better where they are. */
const parametersIn = ({ parameters = [] }: DocumentedOperation): Place[] =>
  parameters
    .map((part, at) => ({
      name: String((part as Part).name),
      part: part as Part,
      replace: (reference: { $ref: string }) => {
        parameters[at] = reference
      },
    }))
    .filter(({ part }) => part.in === 'header')

/** Answers to good requests belong to their operation; refusals are named by the codes that they can carry. */
const refusalsIn = ({ responses }: DocumentedOperation): Place[] =>
  Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .map(([status, part]) => ({
      name: nameOfRefusal(Object.keys(part.content?.['application/json']?.examples ?? {}), status),
      part: part as Part,
      replace: (reference) => {
        responses[status] = reference
      },
    }))

/** `['not_found', 'file_expired']` becomes `NotFoundOrFileExpired`. */
const nameOfRefusal = (codes: string[], status: string) => codes.map(pascalCase).join('Or') || `Status${status}`

const pascalCase = (code: string) =>
  code
    .split('_')
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
    .join('')
