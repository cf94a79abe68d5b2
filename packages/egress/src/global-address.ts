/** Which IP addresses belong to the public internet, and are not inside somebody's network. */
import ipaddr from 'ipaddr.js'

/**
 * The only IPv6 space from which the internet is addressed. What lies outside is refused without being named: `::/96`
 * with an IPv4 address inside, `64:ff9b::/96` and `64:ff9b:1::/48` (NAT64), `100::/64`, `5f00::/16`, `fc00::/7`,
 * `fe80::/10`, `fec0::/10`, `ff00::/8`, and whatever is given a meaning there in the future.
 */
const IPV6_GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3')

/** Public by number, yet answered inside a cloud: the metadata and agent endpoint of Azure. */
const CLOUD_INSIDE = ipaddr.IPv4.parseCIDR('168.63.129.16/32')

/**
 * Whether an address is globally routable. IPv4-mapped IPv6 (`::ffff:a.b.c.d`) is checked as the IPv4 address it is;
 * transition spaces that carry an IPv4 address (6to4, Teredo, NAT64) are refused whatever they carry.
 */
export function isGloballyRoutable(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 ? !parsed.match(CLOUD_INSIDE) : parsed.match(IPV6_GLOBAL)
}
