/** The one policy of targets: which host and port may be connected to, and at which address exactly. */

import { isIP } from 'node:net'
import { type CheckedAddress, checkedAddress } from './checked-address.ts'
import { egressAllowEntry } from './egress-allow.ts'
import { isGloballyRoutable } from './global-address.ts'
import { normalHostName, withoutBrackets } from './host-name.ts'
import { createNameResolver, type Requester, type ResolveName } from './name-resolver.ts'
import { isTokenHost } from './tokens/token-address.ts'

/** The ports on which videos are served; anything else is somebody's service. */
export const EGRESS_PORTS: readonly number[] = [80, 443, 8080, 8443]

const RESOLVE_TIMEOUT_MS = 10_000

/**
 * What the policy says. Connect to `address` (or another of `addresses`, all of which were checked; IPv4 comes first)
 * and never resolve the name again: then a name that changes its answer gains nothing.
 */
export type Decision =
  | { readonly allowed: true; readonly address: string; readonly family: 4 | 6; readonly addresses: CheckedAddress[] }
  | { readonly allowed: false }

export interface TargetPolicy {
  /**
   * @param hostname as it stands in a URL; IPv6 with or without brackets.
   * @param requester whose share of names being resolved is used; default: one that is common to all who do not say.
   * @throws HostNotFound where the name has no address: an ordinary network error, not a refusal.
   */
  check(hostname: string, port: number, requester?: Requester): Promise<Decision>
}

/** The name could not be resolved. */
export class HostNotFound extends Error {
  override readonly name = 'HostNotFound'
}

interface TargetPolicyOptions {
  /** Exact `host:port` exceptions (`parseEgressAllow`): such a pair may resolve to anything and use any port. */
  readonly allow: readonly string[]
  /** Allowed ports; default `EGRESS_PORTS`. */
  readonly ports?: readonly number[]
  /** All addresses of a name; default: `createNameResolver()`. */
  readonly resolve?: ResolveName
}

/** Makes the policy. One bad address among a name's answers refuses the name. */
export function createTargetPolicy({
  allow,
  ports = EGRESS_PORTS,
  resolve = createNameResolver(),
}: TargetPolicyOptions): TargetPolicy {
  const exceptions = new Set(allow.map(egressAllowEntry))
  const allowedPorts = new Set(ports)

  return {
    async check(hostname, port, requester) {
      const host = normalHostName(hostname)
      // The proxy answers for this name itself, and nobody else may.
      if (!host || isTokenHost(host)) return { allowed: false }
      const excepted = exceptions.has(`${host}:${port}`)
      if (!excepted && !allowedPorts.has(port)) return { allowed: false }
      const found = await addressesOf(host, (name) => resolve(name, requester))
      if (!excepted && !found.every(isGloballyRoutable)) return { allowed: false }
      const addresses = found.map(checkedAddress).sort((a, b) => a.family - b.family)
      const [first] = addresses
      return first ? { allowed: true, ...first, addresses } : { allowed: false }
    },
  }
}

async function addressesOf(host: string, resolve: (hostname: string) => Promise<string[]>): Promise<string[]> {
  const bare = withoutBrackets(host)
  if (isIP(bare)) return [bare]
  const found = await withinTime(resolve(bare)).catch((cause: unknown) => {
    throw new HostNotFound('The name could not be resolved.', { cause })
  })
  if (found.length === 0) throw new HostNotFound('The name has no address.')
  return found
}

/** A question cannot be called back; its late answer is dropped. */
async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The resolver did not answer in time.')), RESOLVE_TIMEOUT_MS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
