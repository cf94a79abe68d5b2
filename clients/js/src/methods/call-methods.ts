/** Any operation and any request, and how the methods of each domain send theirs. */
import { call, type OperationOptions, type Parameters, requestOf } from '../calls.ts'
import type { Configuration } from '../configuration.ts'
import { NotFoundError } from '../errors.ts'
import { follow, type JobEvent } from '../follow.ts'
import type { OperationId, Operations } from '../generated/operations.ts'
import { type Answer, type CallOptions, send } from '../transport.ts'

/** It holds the key, so that no property shows it: the functions of this file alone can see it. */
let configurationOf: (client: CallMethods) => Configuration

export class CallMethods {
  readonly #configuration: Configuration

  static {
    configurationOf = (client) => client.#configuration
  }

  constructor(configuration: Configuration) {
    this.#configuration = configuration
  }

  /** Any operation by its `operationId`, with the status and the headers of its answer. */
  call<Id extends OperationId>(
    id: Id,
    parameters: Parameters<Id> = {},
    options: OperationOptions = {},
  ): Promise<Answer<Operations[Id]['answer']>> {
    return call(this.#configuration, id, parameters, options)
  }

  /** A request that this client does not know: `path` begins with `/`, and may hold a query. Only GET is repeated. */
  request<Data = unknown>(
    method: string,
    path: `/${string}`,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<Answer<Data>> {
    const url = this.#configuration.baseUrl + path
    return send<Data>(this.#configuration, { ...options, method, url, body, isRepeatable: method === 'GET' })
  }
}

/** What the operation answers, without its status and headers. */
export async function dataOf<Id extends OperationId>(
  client: CallMethods,
  id: Id,
  parameters: Parameters<Id>,
  options: OperationOptions | undefined,
): Promise<Operations[Id]['answer']> {
  return (await client.call(id, parameters, options)).data
}

/** Resolves with the answer unread once its head is there. */
export async function unreadAnswer<Id extends OperationId>(
  client: CallMethods,
  id: Id,
  parameters: Parameters<Id>,
  options: CallOptions,
): Promise<Response> {
  const configuration = configurationOf(client)
  const request = requestOf(configuration, id, parameters, options)
  const { accept = '*/*', ...headers } = request.headers ?? {}
  return (await send<Response>(configuration, { ...request, headers: { ...headers, accept }, isUnread: true })).data
}

/** Resolves also when a repeat finds nothing, since the attempt before has removed it. */
export async function remove<Id extends 'deleteFile' | 'deleteJob'>(
  client: CallMethods,
  id: Id,
  parameters: Parameters<Id>,
  options: OperationOptions = {},
): Promise<void> {
  let isLost = false
  const configuration = configurationOf(client)
  const noting: Configuration = {
    ...configuration,
    log: (entry) => {
      isLost ||= entry.event === 'retrying' && entry.status === 0
      configuration.log(entry)
    },
  }
  await call(noting, id, parameters, options).catch((error: unknown) => {
    if (!(isLost && error instanceof NotFoundError)) throw error
  })
}

/** The events of a job until its end. */
export function eventsOf<Id extends OperationId, Job>(
  client: CallMethods,
  id: Id,
  parameters: Parameters<Id>,
  options: CallOptions,
): AsyncGenerator<JobEvent<Job>, void, undefined> {
  const configuration = configurationOf(client)
  const request = requestOf(configuration, id, parameters, options)
  const open = async (lastEventId: string | null) => {
    const last = lastEventId === null ? {} : { 'last-event-id': lastEventId }
    const headers = { accept: 'text/event-stream', ...request.headers, ...last }
    return (await send<Response>(configuration, { ...request, headers, isUnread: true })).data
  }
  return follow<Job>({ configuration, url: request.url, open, signal: options.signal })
}
