/** An address that was checked, and how a connection is tied to it. */
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The address and its family as a connection needs them; IPv4-mapped IPv6 becomes IPv4. */
export function checkedAddress(address: string): CheckedAddress {
  const parsed = ipaddr.process(address)
  return { address: parsed.toString(), family: parsed.kind() === 'ipv4' ? 4 : 6 }
}

/** An address that was checked, for a connection to go to and to nowhere else. */
export interface CheckedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** A resolver that knows one answer, so that a connection goes to what was checked, whatever its name says by then. */
export const lookupOf =
  (addresses: readonly CheckedAddress[]): LookupFunction =>
  (_hostname, options, answer) => {
    const [first] = addresses
    if (options.all) answer(null, [...addresses])
    else answer(null, first?.address ?? '', first?.family ?? 4)
  }
