/** Where jobs ask for PO tokens. The egress proxy alone knows this name, and no name server may (RFC 6761, section 6.4). */
import type { IncomingMessage } from 'node:http'
import { normalHostName } from '../host-name.ts'
import type { RequestTarget } from '../proxy-request.ts'

const TOKEN_HOST = 'po-tokens.invalid'

/** For the engine. */
export const TOKEN_ADDRESS = `http://${TOKEN_HOST}`

/** In every way to write it. The policy of targets refuses it, so that no name server is asked, whoever asks for what. */
export const isTokenHost = (hostname: string): boolean => normalHostName(hostname) === TOKEN_HOST

/** The runner sends it (`po_tokens.py`). No page and no redirect can make yt-dlp send it: a redirect of a POST keeps method and body alone. */
const MARK = 'x-po-token'

/** Whether a job asks for a token. False for every other request: the policy of targets refuses it. */
export function asksForToken(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  target: RequestTarget | 'foreign' | null,
): boolean {
  if (target === null || target === 'foreign' || target.port !== 80 || !isTokenHost(target.hostname)) return false
  return method === 'POST' && target.path === '/get_pot' && headers[MARK] === '1'
}
