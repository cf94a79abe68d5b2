/** The operator's own way out: a proxy through which every connection to a checked address is made. */
import type { CheckedAddress } from './checked-address.ts'

export interface UpstreamProxy {
  readonly host: string
  readonly port: number
  /** The value of `Proxy-Authorization`; null where there are no credentials. Secret. */
  readonly authorization: string | null
}

const SENTENCE = 'EGRESS_UPSTREAM_PROXY is not http://host:port or http://user:password@host:port.'

/**
 * Reads the setting; empty means that there is none. User and password are percent-decoded.
 * @throws Error with a sentence that repeats nothing of the setting, as it may hold a password.
 */
export function parseUpstreamProxy(text: string): UpstreamProxy | null {
  if (text.trim() === '') return null
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  if (url?.protocol !== 'http:' || url.pathname !== '/' || url.search || url.hash) throw new Error(SENTENCE)
  const { hostname, username, password } = url
  const credentials = username || password ? `${decoded(username)}:${decoded(password)}` : null
  return {
    host: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    port: Number(url.port || 80),
    authorization: credentials === null ? null : `Basic ${Buffer.from(credentials).toString('base64')}`,
  }
}

/** The proxy as an address, with its credentials. Secret. */
export function proxyAddressOf({ host, port, authorization }: UpstreamProxy): string {
  const [, encoded = ''] = /^Basic (.*)$/.exec(authorization ?? '') ?? []
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  const credentials =
    authorization === null ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password.join(':'))}@`
  return `http://${credentials}${host.includes(':') ? `[${host}]` : host}:${port}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error(SENTENCE)
  }
}

/** The upstream proxy does not do its part. `message` is for the operator and holds no credentials. */
export class UpstreamFailed extends Error {
  override readonly name = 'UpstreamFailed'
}

/** The upstream proxy does its part, and the target does not answer it. */
export class TargetUnreachable extends Error {
  override readonly name = 'TargetUnreachable'
}

/**
 * What is sent to be joined with the target. It names the address that was checked, never the host's name: the upstream
 * would resolve the name again, and a name can change its answer in between.
 */
export function joinRequest(
  { authorization }: UpstreamProxy,
  { address, family }: CheckedAddress,
  port: number,
): string {
  const target = `${family === 6 ? `[${address}]` : address}:${port}`
  const credentials = authorization === null ? '' : `Proxy-Authorization: ${authorization}\r\n`
  return `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentials}\r\n`
}

const HEAD_BYTES_MAX = 16 * 1024

/**
 * Reads the answer as it arrives. Returns null until it is complete, then what came behind it: the target's first bytes.
 * @throws UpstreamFailed, TargetUnreachable
 */
export function joinAnswer(): (bytes: Uint8Array) => Buffer | null {
  let head = Buffer.alloc(0)
  return (bytes) => {
    head = Buffer.concat([head, bytes])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0 && head.length <= HEAD_BYTES_MAX) return null
    const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(head.toString('latin1', 0, 64))?.[1] ?? 0)
    if (end < 0 || status === 0) throw new UpstreamFailed('It does not answer in HTTP.')
    if (status === 407) throw new UpstreamFailed('It does not accept the credentials, or wants some.')
    if (status < 200 || status > 299) throw new TargetUnreachable(`The upstream proxy answered ${status}.`)
    return head.subarray(end + 4)
  }
}
