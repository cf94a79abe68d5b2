/** Any operation of the API by its name: how its address is made, and whether it may be repeated. */
import type { Configuration } from './configuration.ts'
import { UsageError } from './errors.ts'
import { type OperationId, type Operations, operations } from './generated/operations.ts'
import { type Answer, type CallOptions, type OutgoingRequest, send } from './transport.ts'

export interface Parameters<Id extends OperationId> {
  readonly path?: Operations[Id]['path'] | undefined
  readonly query?: Operations[Id]['query'] | undefined
  readonly body?: Operations[Id]['body'] | undefined
}

export interface OperationOptions extends CallOptions {
  /** Of an operation that starts a job. Default: one that is made for this call. */
  readonly idempotencyKey?: string | undefined
}

/**
 * GET, PUT and DELETE do no harm when they are repeated, nor does a POST with an Idempotency-Key, which gives the same job.
 * Everything else is sent once: nobody knows what became of a request without an answer.
 */
const isRepeatable = (method: string, isKeyed: boolean): boolean =>
  method === 'GET' || method === 'PUT' || method === 'DELETE' || isKeyed

export function requestOf<Id extends OperationId>(
  { baseUrl }: Configuration,
  id: Id,
  { path = {} as Operations[Id]['path'], query, body }: Parameters<Id>,
  { idempotencyKey, headers, ...options }: OperationOptions,
): OutgoingRequest & { url: string } {
  const [method, template, keyed] = operations[id]
  const url = baseUrl + filled(template, path) + queryText(query ?? {})
  const key = keyed ? { 'idempotency-key': idempotencyKey ?? randomKey() } : {}
  return { ...options, method, url, body, headers: { ...key, ...headers }, isRepeatable: isRepeatable(method, !!keyed) }
}

/** The answer, with its status and headers. */
export async function call<Id extends OperationId>(
  configuration: Configuration,
  id: Id,
  parameters: Parameters<Id>,
  options: OperationOptions,
): Promise<Answer<Operations[Id]['answer']>> {
  return send(configuration, requestOf(configuration, id, parameters, options))
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    // A dot alone would be taken for a folder.
    if (typeof value !== 'string' || /^\.{0,2}$/.test(value)) {
      throw new UsageError(`${name} is missing, or cannot be one.`, { code: 'invalid_argument' })
    }
    return encodeURIComponent(value)
  })
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()
  return text && `?${text}`
}

/** `crypto.randomUUID` is missing in pages without TLS. */
const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
