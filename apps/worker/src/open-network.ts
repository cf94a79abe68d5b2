/** How jobs, webhooks and uploads may leave this worker, as the settings say. */
import { readCertificateAuthorities } from '@video-scraper/boot'
import {
  createNameResolver,
  createTargetPolicy,
  createTokenProvider,
  parseDnsServers,
  parseEgressAllow,
  parseEgressPorts,
  parseTokenProviderUrl,
  parseUpstreamProxy,
} from '@video-scraper/egress'
import type { WorkerSettings } from './config.ts'

export type Network = Awaited<ReturnType<typeof openNetwork>>

/** Nothing is connected to yet. Rejects with the name of the setting that cannot be read. */
export async function openNetwork(settings: WorkerSettings) {
  const policy = createTargetPolicy({
    allow: parseEgressAllow(settings.EGRESS_ALLOW),
    ports: parseEgressPorts(settings.EGRESS_PORTS),
    resolve: createNameResolver({ servers: parseDnsServers(settings.EGRESS_DNS_SERVERS) }),
  })
  const upstream = parseUpstreamProxy(settings.EGRESS_UPSTREAM_PROXY)
  const tokenProviderUrl = parseTokenProviderUrl(settings.POT_PROVIDER_URL)
  const certificateAuthorities = await readCertificateAuthorities(settings.EGRESS_CA_FILE)
  return {
    policy,
    upstream,
    certificateAuthorities,
    /** Null: none is set. */
    tokens: tokenProviderUrl && createTokenProvider({ url: tokenProviderUrl }),
    /** What every request of the worker itself stands on. */
    way: { policy, upstream, ...(certificateAuthorities && { certificateAuthorities }) },
  }
}
