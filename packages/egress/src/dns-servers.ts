/** The name servers that are asked, as `EGRESS_DNS_SERVERS` lists them. */
import { isIP, isIPv6 } from 'node:net'

const ENTRY = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/

/**
 * Reads the setting: addresses separated by commas, each with an optional port (`9.9.9.9`, `9.9.9.9:5353`,
 * `[2620:fe::fe]:53`, `2620:fe::fe`), blanks around them ignored. Empty means those of the system.
 * @throws Error naming the first entry that is no address.
 */
export const parseDnsServers = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(dnsServer)

/** In the spelling that Node's resolver takes. */
function dnsServer(entry: string): string {
  if (isIPv6(entry)) return `[${entry}]:53`
  const [, inBrackets = '', plain = '', digits = '53'] = ENTRY.exec(entry) ?? []
  const port = Number(digits)
  const address = inBrackets || plain
  if (isIP(address) !== (inBrackets ? 6 : 4) || port < 1 || port > 65_535) {
    throw new Error(
      `EGRESS_DNS_SERVERS: "${entry}" is not an IP address with an optional port, such as 192.0.2.53 or [2001:db8::53]:53.`,
    )
  }
  return `${inBrackets ? `[${address}]` : address}:${port}`
}
