/** The OpenAPI document as Markdown, for readers that are language models or have only a terminal. */
import type { OpenApiDocument } from './openapi-types.ts'

type Json = Record<string, unknown>

/** More than one example of a body or an answer says little more. */
const EXAMPLES_MAX = 1

export function markdownOf(document: OpenApiDocument): string {
  const { info, tags, paths, components } = document as OpenApiDocument & {
    info: { title: string; description?: string }
  }
  const resolve = (part: unknown): Json => resolved(document, part as Json)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as unknown as Json })),
  )
  const chapters = tags.flatMap(({ name, description }) => {
    const own = operations.filter(({ operation }) => (operation.tags as string[] | undefined)?.includes(name))
    const texts = own.map(({ path, method, operation }) => operationText(path, method, operation, resolve))
    return own.length === 0 ? [] : [`## ${name}\n\n${description}`, ...texts]
  })
  const schemas = Object.entries(components.schemas).map(([name, schema]) => schemaText(name, schema as Json))
  const head = `# ${info.title}\n\n${info.description ?? ''}`
  return `${[head, ...chapters, '## Schemas', ...schemas].join('\n\n')}\n`
}

/** A part of the document, or what its reference leads to. */
function resolved(document: OpenApiDocument, part: Json): Json {
  const [, , kind = '', name = ''] = String(part.$ref ?? '').split('/')
  const components = document.components as unknown as Record<string, Record<string, Json> | undefined>
  return kind === '' ? part : (components[kind]?.[name] ?? {})
}

function operationText(path: string, method: string, operation: Json, resolve: (part: unknown) => Json): string {
  const parameters = ((operation.parameters ?? []) as Json[]).map(resolve)
  const body = contentOf(operation.requestBody)
  const answers = Object.entries((operation.responses ?? {}) as Record<string, unknown>)
  return [
    `### ${method.toUpperCase()} ${path}`,
    `${operation.summary ?? ''} (\`${operation.operationId}\`)`,
    String(operation.description ?? ''),
    list(
      parameters.map(
        ({ name, in: place, required, description }) =>
          `\`${name}\` (${place}${required ? ', required' : ''}): ${inOneLine(description)}`,
      ),
    ),
    body === null ? '' : `Body: ${typeOf(body.schema as Json)}\n\n${examplesOf(body)}`,
    list(answers.map(([status, answer]) => answerText(status, resolve(answer)))),
    answers
      .flatMap(([status, answer]) => (status.startsWith('2') ? [examplesOf(contentOf(resolve(answer)))] : []))
      .join('\n\n'),
  ]
    .filter((text) => text.trim() !== '')
    .join('\n\n')
}

function answerText(status: string, answer: Json): string {
  const content = contentOf(answer)
  const type = content === null ? '' : ` ${typeOf(content.schema as Json)}`
  return `${status}:${type} ${inOneLine(answer.description)}`
}

/** Of a body or an answer that has one: its first media type. */
function contentOf(part: unknown): Json | null {
  const { content } = (part ?? {}) as { content?: Record<string, Json> }
  return content === undefined ? null : (Object.values(content)[0] ?? null)
}

function examplesOf(content: Json | null): string {
  const examples = Object.values((content?.examples ?? {}) as Record<string, { value?: unknown }>).slice(
    0,
    EXAMPLES_MAX,
  )
  return examples
    .filter(({ value }) => typeof value === 'object')
    .map(({ value }) => `\`\`\`json\n${JSON.stringify(value)}\n\`\`\``)
    .join('\n\n')
}

function schemaText(name: string, schema: Json): string {
  const required = new Set((schema.required ?? []) as string[])
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Json>).map(
    ([field, { description, ...own }]) =>
      `\`${field}\`${required.has(field) ? '' : ' (optional)'}: ${typeOf(own)}. ${inOneLine(description)}`,
  )
  return [`### ${name}`, fields.length === 0 ? typeOf(schema) : '', inOneLine(schema.description), list(fields)]
    .filter((text) => text !== '')
    .join('\n\n')
}

/** The type in words: a name, a list of words, or alternatives. */
function typeOf(schema: Json | undefined): string {
  if (schema === undefined) return 'anything'
  const alternatives = (schema.oneOf ?? schema.anyOf) as Json[] | undefined
  if (alternatives) return alternatives.map(typeOf).join(' or ')
  if (schema.$ref) return String(schema.$ref).split('/').at(-1) ?? ''
  if (schema.enum) return (schema.enum as unknown[]).map((word) => `\`${word}\``).join(', ')
  if (schema.const !== undefined) return `\`${schema.const}\``
  if (schema.type === 'array') return `list of ${typeOf(schema.items as Json)}`
  return [schema.type].flat().join(' or ') || 'anything'
}

const inOneLine = (text: unknown): string =>
  String(text ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()

const list = (entries: string[]): string => entries.map((entry) => `- ${entry.trim()}`).join('\n')
