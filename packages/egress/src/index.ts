export type { Admission } from './admission.ts'
export { parseDnsServers } from './dns-servers.ts'
export { parseEgressAllow } from './egress-allow.ts'
export { parseEgressPorts } from './egress-ports.ts'
export { installFfmpegShim, jobFilterIn } from './ffmpeg-shim.ts'
export { createJudge, EGRESS_PORTS, HostNotFound, type Judge, type Judgement } from './judge.ts'
export {
  createJudgedFetch,
  type JudgedFetch,
  JudgedFetchError,
  type JudgedReply,
  type JudgedRequest,
} from './judged-fetch.ts'
export { LANDLOCK_FOLDER } from './landlock-folder.ts'
export { createNameResolver, type Requester } from './name-resolver.ts'
export { type EgressLogger, type EgressProxy, startEgressProxy } from './proxy.ts'
export { systemCallNumbers } from './system-calls/filter.ts'
export { parseUpstreamProxy, type UpstreamProxy } from './upstream-proxy.ts'
