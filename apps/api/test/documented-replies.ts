/** Holds answers against the OpenAPI document: an undocumented status, key or type fails the test that met it. */
import { expect } from '@jest/globals'
import type { FastifyInstance } from 'fastify'
import { Value } from 'typebox/value'

export interface Answer {
  method: string
  url: string
  status: number
  headers: Record<string, unknown>
  body: string
}

export type ReplyCheck = (answer: Answer) => void

export interface Operation {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: { name: string; in: string; description?: string; schema: object }[]
  requestBody?: { content: Record<string, Content> }
  security?: Record<string, string[]>[]
  'x-required-scope'?: string
  responses: Record<string, DocumentedResponse>
}

export interface DocumentedResponse {
  description: string
  headers?: Record<string, object>
  content?: Record<string, Content>
  $ref?: string
}

interface Content {
  schema: Schema
  examples?: Record<string, { value: unknown }>
}

export interface Schema {
  [keyword: string]: unknown
}

export interface OpenApi {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  security: Record<string, string[]>[]
  webhooks?: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    responses: Record<string, DocumentedResponse>
    parameters: Record<string, object>
    headers: Record<string, object>
    securitySchemes?: Record<string, object>
  }
}

/** Refusals that any path can meet before its operation is reached. */
const ANYWHERE: ReadonlySet<number> = new Set([400, 404, 405, 408, 421, 431])
/** Of these the description of the API says that every operation can answer them. */
const SAID_ONCE: ReadonlySet<number> = new Set([405, 408, 421, 431])

export function documentOf(app: FastifyInstance): { document: OpenApi; check: ReplyCheck } {
  const document = app.swagger() as unknown as OpenApi
  return { document, check: (answer) => checkReply(document, answer) }
}

function checkReply(document: OpenApi, { method, url, status, headers, body }: Answer): void {
  const where = `${method} ${url} answered ${status} ${body.slice(0, 300)}`
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('access-control-allow-origin')
  const operation = operationAt(document, method === 'HEAD' ? 'GET' : method, url)
  const documented = responseOf(document, operation?.responses[String(status)])
  if (operation !== undefined && documented === undefined && !SAID_ONCE.has(status))
    throw new Error(`Not documented: ${where}`)
  if (status >= 400) {
    if (operation === undefined && !ANYWHERE.has(status) && !isPage(url)) throw new Error(`Not documented: ${where}`)
    const codes = Object.keys(documented?.content?.['application/json']?.examples ?? {})
    if (method !== 'HEAD') expectError(document, JSON.parse(body), { status, codes, where })
  }
  expectRefusalHeaders(url, status, headers)
  const schema = documented?.content?.['application/json']?.schema
  if (schema !== undefined && method !== 'HEAD') expectShape(document, schema, JSON.parse(body), where)
}

/** A link is no way to authenticate, so nothing is asked of whoever brings a bad one. */
function expectRefusalHeaders(url: string, status: number, headers: Answer['headers']): void {
  const isAboutLink = /[?&](signature|token)=/.test(url)
  if ((status === 401 || status === 403) && !isAboutLink) expect(headers['www-authenticate']).toMatch(/^Bearer realm="/)
  if (status === 429 || status === 503) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/)
}

/** Documentation and aliases stand outside of the document, and must answer all the same. */
const isPage = (url: string) => /\/(docs|openapi\.json|status)(\/|\?|$)/.test(url)

/** A response that several operations share stands in `components`. */
export function responseOf(
  document: OpenApi,
  response: DocumentedResponse | undefined,
): DocumentedResponse | undefined {
  if (response?.$ref === undefined) return response
  const shared = document.components.responses[response.$ref.replace('#/components/responses/', '')]
  if (shared === undefined) throw new Error(`The document refers to ${response.$ref}, which is not there.`)
  return shared
}

function operationAt(document: OpenApi, method: string, url: string): Operation | undefined {
  const [path = ''] = url.split('?', 1)
  const key = Object.keys(document.paths).find((template) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]*')}$`).test(path),
  )
  return document.paths[key ?? '']?.[method.toLowerCase()]
}

interface ExpectedError {
  status: number
  /** What this operation may say with this status; empty outside of operations. */
  codes: string[]
  where: string
}

function expectError(document: OpenApi, reply: { code?: string }, { status, codes, where }: ExpectedError): void {
  expectShape(document, { $ref: '#/components/schemas/ErrorReply' }, reply, where)
  expect(reply).toMatchObject({ status_code: status })
  if (codes.length > 0 && !codes.includes(reply.code ?? '')) throw new Error(`Not a documented code: ${where}`)
}

export function expectShape(document: OpenApi, schema: Schema, value: unknown, where: string): void {
  const errors = Value.Errors(closed(document, schema) as never, value)
  if (errors.length > 0) throw new Error(`${where} does not fit: ${JSON.stringify(errors)}`)
}

/** Puts references in place and allows no key that is not documented. */
function closed(document: OpenApi, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((part) => closed(document, part))
  if (typeof schema !== 'object' || schema === null) return schema
  if ('$ref' in schema) {
    const name = String(schema.$ref).replace('#/components/schemas/', '')
    const target = document.components.schemas[name]
    if (target === undefined) throw new Error(`The document refers to ${String(schema.$ref)}, which is not there.`)
    return closed(document, target)
  }
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(document, part)]))
  // Its texts name the alternatives of `oneOf`, which stand in place already.
  delete parts.discriminator
  return 'properties' in parts ? { ...parts, additionalProperties: false } : parts
}
