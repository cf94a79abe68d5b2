export type { Platform } from './catalogue.ts'
export {
  createEngine,
  type DownloadedMedia,
  type DownloadRequest,
  type Engine,
  SandboxUnavailable,
} from './engine.ts'
export type { CageOptions, EngineOptions, JobContext, WarmOptions } from './engine-options.ts'
export type { SandboxInForce } from './events.ts'
export { type ArgumentsFile, openArgumentsFile } from './extractor-arguments/arguments-file.ts'
export { type JobUsers, type JobUsersOptions, openJobUsers } from './job-users/job-users.ts'
export { isLeased } from './lease.ts'
export type { Listing } from './listing.ts'
export type { MediaFacts } from './options/option-meaning.ts'
export { warningsAtTheEnd } from './options/table.ts'
export type { PlannedSize } from './planned-size.ts'
export type { Layer, ProbeReport, ProbeRequest } from './probe.ts'
