/** One spelling for every way to write a host, so that nothing is checked by one name and reached by another. */
import { isIPv6 } from 'node:net'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const FORBIDDEN = /[\u0000-\u0020\u007f/\\?#@]/

/**
 * The host as WHATWG URL parsing understands it: lower case, ASCII, IPv4 in four decimal parts however it was written
 * (`127.1`, `0x7f.1`, `0177.0.0.1`, `2130706433`, full-width digits, percent-encoded), IPv6 compressed and in brackets,
 * no trailing dots. Null where it is not a host.
 */
export function normalHostName(text: string): string | null {
  const written = isIPv6(text) ? `[${text}]` : text
  // A colon outside brackets would begin a port, and the parser would cut the host there.
  if (FORBIDDEN.test(written) || written.replace(/^\[[^\]]*\]$/, '').includes(':')) return null
  const url = `http://${written}/`
  if (!URL.canParse(url)) return null
  const { hostname } = new URL(url)
  if (!hostname.endsWith('.')) return hostname || null
  // `127.0.0.1..` is a name to the parser until its dots are gone, so it is read once more.
  return normalHostName(hostname.replace(/(?<!\.)\.+$/, ''))
}

/** The bare address inside `[...]`, or the text as it is. */
export const withoutBrackets = (host: string): string => (host.startsWith('[') ? host.slice(1, -1) : host)
