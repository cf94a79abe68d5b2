/** Addresses and ranges of addresses, as settings and API keys name them. ipaddr.js reads them all. */
import ipaddr from 'ipaddr.js'

type Range = [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number]

/** A household of IPv6 has this many bits of its own. */
const HOUSEHOLD_GROUPS = 4

/** Reads `10.0.0.0/8`, `192.0.2.1` and `2001:db8::/32`; null for anything else. An address alone is a range of one. */
function parse(text: string): Range | null {
  // ipaddr.js would also read a zone, leading zeros and `127.1`: each of them means different things to different readers.
  const [, address = '', bits] = /^([0-9a-f:.]+)(?:\/(0|[1-9]\d{0,2}))?$/i.exec(text) ?? []
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address)
  if (!isAddress) return null
  const parsed = ipaddr.parse(address)
  const most = parsed.kind() === 'ipv4' ? 32 : 128
  const length = Number(bits ?? most)
  return length > most ? null : [parsed, length]
}

export const isAddressRange = (text: string): boolean => parse(text) !== null

/** Whether an address lies in one of the ranges; it is asked for only then. Null, one that is unknown, lies in none. */
export type AddressTest = (address: () => string | null) => boolean

/** Without ranges every address is allowed. An IPv4 address that is mapped into IPv6 counts as the IPv4 address. */
export function addressTest(ranges: readonly string[]): AddressTest {
  if (ranges.length === 0) return () => true
  const parsed = ranges.map(parse).filter((range) => range !== null)
  return (addressOf) => {
    const address = addressOf()
    if (address === null || !ipaddr.isValid(address)) return false
    const wanted = ipaddr.process(address)
    return parsed.some(([range, bits]) => range.kind() === wanted.kind() && wanted.match(range, bits))
  }
}

/**
 * For whom an address counts: an IPv4 address for itself, also when it is mapped into IPv6; an IPv6 address for its /64,
 * since a single household has that many. A text that is no address counts for itself.
 */
export function householdOf(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  const network = parsed.parts.slice(0, HOUSEHOLD_GROUPS).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}
