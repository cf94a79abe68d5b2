/** Where jobs ask for PO tokens. The egress proxy alone knows this name, and no name server may (RFC 6761, section 6.4). */
import { normalHostName } from '../host-name.ts'
import type { RequestTarget } from '../proxy-request.ts'

const TOKEN_HOST = 'po-tokens.invalid'

/** For the engine. */
export const TOKEN_ADDRESS = `http://${TOKEN_HOST}`

/** In every way to write it. The policy of targets refuses it, so that no name server is asked, whoever asks for what. */
export const isTokenHost = (hostname: string): boolean => normalHostName(hostname) === TOKEN_HOST

/** All that can be asked for there. */
export const tokenRequests = { ping: 'GET /ping', token: 'POST /get_pot' } as const

export type TokenRequest = keyof typeof tokenRequests

const NAMES = Object.keys(tokenRequests) as TokenRequest[]

/** Null for every other request: the policy of targets refuses it. */
export function tokenRequestOf(
  method: string | undefined,
  target: RequestTarget | 'foreign' | null,
): TokenRequest | null {
  if (target === null || target === 'foreign' || target.port !== 80 || !isTokenHost(target.hostname)) return null
  return NAMES.find((name) => tokenRequests[name] === `${method} ${target.path}`) ?? null
}
