export type { Platform } from './catalogue.ts'
export { createEngine, type DownloadedMedia, type DownloadRequest, type Engine } from './engine.ts'
export type { EngineOptions, JobContext, WarmOptions } from './engine-options.ts'
export { isLeased } from './lease.ts'
