/** From where a key may be used: addresses and CIDRs. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'

const BITS_MAX = { 4: 32, 6: 128 } as const

/** Splits `10.0.0.0/8`, `192.0.2.1`, `2001:db8::/32`; null for anything else. An address alone is a range of one. */
function parse(range: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | null {
  const [, address = '', bits] = /^([^/%]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(range) ?? []
  if (isIP(address) === 0) return null
  const most = isIPv4(address) ? BITS_MAX[4] : BITS_MAX[6]
  const length = Number(bits ?? most)
  return length > most ? null : { address, bits: length, family: isIPv4(address) ? 'ipv4' : 'ipv6' }
}

export const isAddressRange = (range: string): boolean => parse(range) !== null

/** Whether an address lies in one of the ranges; it is asked for only then. Null, one that is unknown, lies in none. */
export type AddressTest = (address: () => string | null) => boolean

/** Without ranges every address is allowed. */
export function addressTest(ranges: readonly string[]): AddressTest {
  if (ranges.length === 0) return () => true
  const list = new BlockList()
  for (const { address, bits, family } of ranges.map(parse).filter((range) => range !== null)) {
    list.addSubnet(address, bits, family)
  }
  return (addressOf) => {
    const address = addressOf()
    return address !== null && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  }
}
