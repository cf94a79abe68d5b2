export type { Admission } from './admission.ts'
export { parseEgressAllow } from './egress-allow.ts'
export { installFfmpegShim } from './ffmpeg-shim.ts'
export { createJudge, EGRESS_PORTS, HostNotFound, type Judge, type Judgement } from './judge.ts'
export {
  createJudgedFetch,
  type JudgedFetch,
  JudgedFetchError,
  type JudgedReply,
  type JudgedRequest,
} from './judged-fetch.ts'
export { type EgressLogger, type EgressProxy, startEgressProxy } from './proxy.ts'
