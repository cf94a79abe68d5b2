/** Which peers of a connection are reverse proxies of ours: those that `TRUST_PROXY` names. */
import { addressTest } from './address-ranges.ts'

/** Takes the address of the peer itself, never a forwarded one. */
export type PeerTest = (remoteAddress: string | undefined) => boolean

/** `entries` as `parseTrustedProxies` returns them; without any nobody is trusted. */
export function trustedPeers(entries: readonly string[]): PeerTest {
  if (entries.length === 0) return () => false
  const isListed = addressTest(entries)
  return (address) => isListed(() => address?.split('%', 1)[0] ?? null)
}
