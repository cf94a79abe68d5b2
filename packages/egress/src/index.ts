export type { Admission } from './admission.ts'
export { parseDnsServers } from './dns-servers.ts'
export { parseEgressAllow } from './egress-allow.ts'
export { parseEgressPorts } from './egress-ports.ts'
export { installFfmpegShim, jobFilterIn } from './ffmpeg-shim.ts'
export { LANDLOCK_FOLDER } from './landlock-folder.ts'
export { createNameResolver, type Requester } from './name-resolver.ts'
export { type EgressProxy, startEgressProxy } from './proxy.ts'
export type { EgressLogger } from './request-handlers.ts'
export {
  createSafeFetch,
  type SafeFetch,
  SafeFetchError,
  type SafeFetchReply,
  type SafeFetchRequest,
} from './safe-fetch.ts'
export { systemCallNumbers } from './system-calls/filter.ts'
export { createTargetPolicy, type Decision, EGRESS_PORTS, HostNotFound, type TargetPolicy } from './target-policy.ts'
export { TOKEN_ADDRESS } from './tokens/token-address.ts'
export { createTokenProvider, type TokenProvider } from './tokens/token-provider.ts'
export { parseTokenProviderUrl } from './tokens/token-provider-url.ts'
export { parseUpstreamProxy, type UpstreamProxy } from './upstream-proxy.ts'
