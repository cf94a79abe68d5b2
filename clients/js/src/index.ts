/** Client of the Video Scraper API. Runs wherever `fetch` does; `@video-scraper/client/node` has what needs a disk. */
export type { OperationOptions, Parameters } from './calls.ts'
export { VideoScraper } from './client.ts'
export type { ClientOptions, Fetch, LogEntry } from './configuration.ts'
export * from './errors.ts'
export type { JobEvent } from './follow.ts'
export type { OperationId, Operations } from './generated/operations.ts'
export type * from './generated/schemas.ts'
export type {
  DownloadFields,
  InfoFields,
  PlaylistFields,
  PlaylistOptions,
  TranscriptFields,
} from './methods/arguments.ts'
export type { Page } from './pages.ts'
export type { Answer, CallOptions } from './transport.ts'
export type { WaitOptions } from './wait.ts'
export { type OtherWebhookEvent, type ReceivedWebhookEvent, verifyWebhook, type WebhookToVerify } from './webhooks.ts'
