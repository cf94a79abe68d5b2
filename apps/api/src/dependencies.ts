/** What the routes are given. Nothing here is made by them, and nothing connects on import. */
import type { SecretKeys } from '@video-scraper/boot'
import type { EngineStatus, Platform } from '@video-scraper/contracts'
import type { CookieSets } from '@video-scraper/cookies'
import type { Library } from '@video-scraper/library'
import type { JobQueue, SiteRest } from '@video-scraper/queue'
import type { DeliveryLog, FileIndex, PublishedExits, PublishedPlatforms, WebhookRegistry } from '@video-scraper/store'
import type { PublicPaths } from '@video-scraper/views'
import type { FastifyPluginAsync } from 'fastify'
import type { KeyRing } from './auth/key-ring.ts'

export interface ServiceHealth {
  /** Whether a command sent to Redis now has a chance to be answered. */
  isQueueReachable(): boolean
  /** Rejects when Redis does not answer in time, or only reads. */
  ping(): Promise<void>
  isWorkerAlive(): Promise<boolean>
  /** What the worker that started last found out about its yt-dlp; null where none has yet. */
  readEngineCheck(): Promise<EngineStatus | null>
}

export interface RouteDependencies {
  version: string
  jobs: JobQueue
  keyRing: KeyRing
  /** Null: none are kept, since nobody could tell whose they are. */
  cookieSets: CookieSets | null
  files: FileIndex
  library: Library
  webhooks: { registry: WebhookRegistry; deliveries: DeliveryLog }
  health: ServiceHealth
  /** What the workers published last, or null before the first. */
  readPlatforms(): Promise<PublishedPlatforms | null>
  /** Countries and sites that the workers have exits for. */
  readPublishedExits(): Promise<PublishedExits>
  /** The sites that rest now; not all of them may be named (`known-rests.ts`). */
  readSiteRests(): Promise<SiteRest[]>
  /** Served until a worker has published its own. */
  platformSnapshot: Platform[]
  /** Sign and verify what needs no other proof, such as links to files. */
  secretKeys: SecretKeys
  /** Where nginx finds the library, with a slash at the end; empty: the gateway sends the files itself. */
  accelLocation: string
  /** How long files are kept, in seconds; 0 for ever. */
  retentionSeconds: number
  /** Entries of one playlist. */
  playlistItemsMax: number
  paths: PublicPaths
  now(): number
}

/** A route: one operation in one file of the same name. */
export type Route = FastifyPluginAsync<RouteDependencies>
