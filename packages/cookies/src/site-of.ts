/** Which site a host belongs to: the unit that cookies are bound to. */
import { parse } from 'tldts'

/**
 * The registrable domain by the Public Suffix List, its private part included: `me.github.io` is a site, and nothing of
 * `you.github.io`. An IP address is a site of its own, without brackets. Null: strangers register names below it, as below
 * `co.uk`, or it is no name at all.
 */
export function siteOf(host: string): string | null {
  const { domain, isIp, hostname } = parse(host, { allowPrivateDomains: true })
  return isIp === true ? hostname : domain
}
