/** What every answer of the video site is given, and the simplest way to give one. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { ClientHello } from '../client-hello.ts'
import type { Media } from '../media.ts'

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What was asked for. Its origin is the client's word for this site, so that pages work under any name. */
  readonly url: URL
  /** What the `*` of the route stands for. */
  readonly rest: string
  /** Aborted when the client has gone or the answer is complete: everything that waits, waits with it. */
  readonly gone: AbortSignal
  /** The client's first words in TLS; null where the site is served over plain HTTP. */
  readonly hello: ClientHello | null
  readonly media: Media
  readonly state: SiteState
}

/** What a site remembers between requests. */
export interface SiteState {
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** Flaky addresses by key: how often each has failed. */
  readonly failures: Map<string, number>
  /** Expiring addresses by key: the number of the latest. */
  readonly tickets: Map<string, number>
  /** All cookies that an account has been given, the newest last. */
  readonly sessions: Map<string, string[]>
  /** Sessions that belong to one address; null until one has used it. */
  readonly boundSessions: Map<string, string | null>
  /** How often an address has looked, by key and address. */
  readonly addressLooks: Map<string, number>
}

/** The state of a site that nobody has asked for anything yet. */
export const newSiteState = (): SiteState => ({
  startedAt: Date.now(),
  failures: new Map(),
  tickets: new Map(),
  sessions: new Map(),
  boundSessions: new Map(),
  addressLooks: new Map(),
})

export type Answer = (exchange: Exchange) => void | Promise<void>

/** A query parameter that makes no sense: the site answers 400, so that a mistyped test says so. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter'
}

/** A query parameter as a number of at least 0. */
export function numberIn({ url }: Exchange, name: string, byDefault: number): number {
  const text = url.searchParams.get(name)
  if (text === null) return byDefault
  const number = Number(text)
  if (text === '' || !Number.isFinite(number) || number < 0) throw new BadParameter(`${name} must be a number.`)
  return number
}

/** A query parameter as text; 400 where it is missing and there is no default. */
export function textIn({ url }: Exchange, name: string, byDefault?: string): string {
  const text = url.searchParams.get(name) ?? byDefault
  if (text === undefined) throw new BadParameter(`${name} is missing.`)
  return text
}

interface Reply {
  readonly status?: number
  /** Default: HTML. */
  readonly type?: string
  readonly headers?: OutgoingHttpHeaders
}

export function sendText({ response }: Exchange, text: string, { status = 200, type, headers }: Reply = {}): void {
  const body = Buffer.from(text)
  response.writeHead(status, {
    'content-type': type ?? 'text/html; charset=utf-8',
    'content-length': body.length,
    ...headers,
  })
  response.end(body)
}

/** Text that stands for itself inside HTML. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
